import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readText, root } from './repository';

/** A source text in a folder, as if it were a file of this repository. */
export interface Form {
  readonly folder: string;
  readonly code: string;
}

interface Finding {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string };
}

/**
 * What Biome, with this repository's rules, finds wrong with each form, as categories of errors. All forms lie in a temporary
 * folder beside a copy of biome.json, so that one run sees them all, and nobody else does. (Biome's `--stdin-file-path` fails whatever the text.)
 */
export function lintForms(forms: readonly Form[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'whyspan-arrow-'));
  try {
    writeFileSync(join(folder, 'biome.json'), configuration());
    const paths = forms.map((form, index) => `${form.folder}/form${index}.ts`);
    for (const [index, path] of paths.entries()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${forms[index]!.code}\n`);
    }
    const findings = lint(folder).filter(({ severity }) => severity === 'error');
    return paths.map((path) =>
      findings.filter(({ location }) => location.path.endsWith(path)).map(({ category }) => category),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rules as they are, but for what only works inside the repository. */
function configuration(): string {
  const { $schema: _, ...rules } = JSON.parse(readText('biome.json'));
  for (const override of rules.overrides) {
    override.plugins = override.plugins?.map((path: string) => join(root, path));
  }
  return JSON.stringify({ ...rules, vcs: { enabled: false } });
}

function lint(folder: string): readonly Finding[] {
  const biome = join(root, 'node_modules/.bin/biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout, stderr } = spawnSync(biome, options, { cwd: folder, encoding: 'utf8', maxBuffer: 64e6 });
  if (!stdout.startsWith('{')) throw new Error(`Biome did not run: ${stdout}${stderr}`);
  return JSON.parse(stdout).diagnostics;
}
