import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { type Form, lintForms } from './lintForms';
import { root } from './repository';

const use = (path: string) => `import { a } from '${path}';\nexport const b = a;`;

/** Texts that break the arrow, by folder. */
const broken: Readonly<Record<string, readonly string[]>> = {
  'src/core': [
    `import 'vscode';`,
    `import * as v from 'vscode';\nexport const a = v;`,
    `import type * as v from 'vscode';\nexport type A = v.Uri;`,
    `export const a = import('vscode');`,
    `export const a = await import('vscode');`,
    'export const a = import(`vscode`);',
    `const name = 'vscode';\nexport const a = import(name);`,
    `export type A = import('vscode').Uri;`,
    `export * from 'axios';`,
    `import axios from 'axios';\nexport const a = axios;`,
    `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;`,
    `import { readFileSync } from 'fs';\nexport const a = readFileSync;`,
    `export const a = require('node:fs');`,
    'export const a = Date.now();',
    'export const a = new Date();',
    'export const a = globalThis.Date.now();',
    'export const a = performance.now();',
    'export const a = Math.random();',
    `export const a = Math['random']();`,
    'const { random } = Math;\nexport const a = random();',
    'export const a = crypto.randomUUID();',
    'setTimeout(() => {}, 1);',
    'export const a = process.env;',
    use('../sources/clock'),
    use('../extension'),
    `export const a = import('../sources/clock');`,
    `export * from '../platform/settings';`,
    `import type { A } from '../features/alerts/index';\nexport type B = A;`,
  ],
  'src/core/trace': [
    use('../../sources/clock'),
    use('../../platform/settings'),
    use('../../features/alerts/model'),
  ],
  'src/sources': [
    `import 'vscode';`,
    `import * as v from 'vscode';\nexport const a = v;`,
    `export const a = import('vscode');`,
    `export type A = import('vscode').Uri;`,
    use('../features/alerts/index'),
    use('../platform/settings'),
    use('../webview/latencyChart/page'),
    use('../cli/main'),
    use('../extension'),
  ],
  'src/sources/parser': [use('../../features/alerts/index'), use('../../platform/settings')],
  'src/platform': [
    use('../features/alerts/index'),
    `export const a = import('../features/alerts/index');`,
    use('../webview/latencyChart/page'),
    use('../extension'),
  ],
  'src/features/explorer': [
    use('../alerts/model'),
    use('../alerts/deep/model'),
    use('../../features/alerts/model'),
    `export const a = import('../alerts/alertEngine');`,
    `export * from '../alerts/alertEngine';`,
    `import type { A } from '../alerts/alertEngine';\nexport type B = A;`,
    use('../../webview/latencyChart/page'),
    use('../../cli/main'),
    use('../../extension'),
  ],
  'src/features/explorer/deep': [
    use('../../alerts/model'),
    use('../../../features/alerts/index'),
    use('../../../extension'),
  ],
  'src/webview/latencyChart': [
    `import * as v from 'vscode';\nexport const a = v;`,
    `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;`,
    use('../../sources/clock'),
    use('../../platform/settings'),
    use('../../features/latencyChart/model'),
    use('../../features/latencyChart/index'),
    use('../../features/latencyChart'),
    use('../../extension'),
  ],
  'src/cli': [`import 'vscode';`, use('../platform/settings'), use('../features/alerts/index')],
};

/** Their legal counterparts. */
const legal: Readonly<Record<string, readonly string[]>> = {
  'src/core': [
    use('./event'),
    use('./trace/span'),
    `import Pbf from 'pbf';\nexport const a = Pbf;`,
    `import jsep from 'jsep';\nexport const a = jsep;`,
    'export const a = Math.max(1, 2);',
    `export const a = (nowUs: number, random: () => number) => nowUs + random();`,
    `export const a = import('./event');`,
  ],
  'src/core/trace': [use('../event'), use('../jaeger/rfc3339')],
  'src/sources': [
    use('../core/event'),
    use('axios'),
    use('node:fs'),
    `export const a = [Date.now(), Math.random()];`,
  ],
  'src/sources/parser': [use('../clock'), use('../../core/mapping/callSites')],
  'src/platform': [use('vscode'), use('../core/event'), use('../sources/clock')],
  'src/features/explorer': [
    use('vscode'),
    use('./model'),
    use('./deep/model'),
    use('../alerts/index'),
    use('../../core/trace/span'),
    use('../../core/one/deep/thing'),
    use('../../sources/parser/sourceParser'),
    use('../../platform/settings'),
    `export const a = import('../../sources/jaegerSource');`,
  ],
  'src/features/explorer/deep': [
    use('../model'),
    use('./model'),
    use('../../alerts/index'),
    use('../../../core/event'),
  ],
  'src/webview/latencyChart': [
    use('./page'),
    use('../shared/theme'),
    use('chart.js'),
    use('../../core/event'),
    use('../../features/latencyChart/protocol'),
  ],
  'src/cli': [use('../core/event'), use('../sources/clock'), use('node:fs'), use('./main')],
  src: [
    use('vscode'),
    use('./core/event'),
    use('./sources/clock'),
    use('./platform/settings'),
    use('./features/alerts/index'),
  ],
};

/** Rules that guard the arrow; what else Biome finds does not count. */
const fences = ['lint/style/noRestrictedImports', 'lint/style/noRestrictedGlobals', 'plugin'];

const formsOf = (texts: Readonly<Record<string, readonly string[]>>): readonly Form[] =>
  Object.entries(texts).flatMap(([folder, codes]) => codes.map((code) => ({ folder, code })));

describe('the arrow', () => {
  it('breaks nowhere without Biome saying so, and is kept without complaint', () => {
    const [bad, good] = [formsOf(broken), formsOf(legal)];
    const found = lintForms([...bad, ...good]).map((categories) =>
      categories.some((category) => fences.includes(category)),
    );
    const say = ({ folder, code }: Form) => `${folder}: ${code}`;
    assert.deepEqual(bad.filter((_, index) => !found[index]).map(say), [], 'Biome lets these through');
    assert.deepEqual(
      good.filter((_, index) => found[bad.length + index]).map(say),
      [],
      'Biome forbids these',
    );
  }).timeout(20_000);

  it('is also kept by the compiler: core knows neither VS Code nor Node nor the browser', () => {
    const texts = [
      `import { Uri } from 'vscode';\nexport const a = Uri;`,
      `export type A = import('vscode').Uri;`,
      `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;`,
      'export const a = process.env;',
      'export const a = document.title;',
      'export const a = setTimeout(() => {}, 1);',
      'export const a = performance.now();',
    ];
    assert.deepEqual(compileAsCore([...texts, 'export const a = new TextDecoder();']), [...texts.keys()]);
  }).timeout(20_000);
});

/** The indexes of the texts that do not compile with core's settings. */
function compileAsCore(texts: readonly string[]): readonly number[] {
  // Inside the repository, so that its node_modules would be found.
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/arrow-'));
  try {
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, `form${index}.ts`), text);
    const config = {
      extends: join(root, 'src/core/tsconfig.json'),
      compilerOptions: {
        composite: false,
        noEmit: true,
        emitDeclarationOnly: false,
        declaration: false,
        rootDir: root,
      },
      files: [join(root, 'src/core/ambient.d.ts')],
      include: ['*.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      cwd: folder,
      encoding: 'utf8',
    });
    const failed = [...stdout.matchAll(/form(\d+)\.ts[(:].*error TS/g)].map(([, index]) => Number(index));
    assert.ok(failed.length > 0 || stdout === '', stdout);
    return [...new Set(failed)].sort((a, b) => a - b);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
