// Bundles the extension, its workers, its webviews and the compiled tests. `--production` minifies and leaves out the tests.
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What is loaded apart from the extension: on first use, or in a thread of its own. */
const entries = {
  extension: 'src/extension.ts',
  jaegerSource: 'src/sources/jaegerSource.ts',
  receivers: 'src/platform/receivers.ts',
  grpcSource: 'src/sources/grpcSource.ts',
  archiveSource: 'src/sources/archiveSource.ts',
  alerts: 'src/features/alerts/alerts.ts',
  traceAnalysis: 'src/core/store/traceAnalysis.ts',
  inferenceTooltip: 'src/features/explorer/inferenceTooltip.ts',
  chartPanel: 'src/features/latencyChart/panel.ts',
  parserWorker: 'src/sources/parser/parserWorker.ts',
  decodeThread: 'src/sources/decoder/decodeThread.ts',
  decodeWorker: 'src/sources/decoder/decodeWorker.ts',
  traceFileWorker: 'src/sources/traceFile/traceFileWorker.ts',
  codeMap: 'src/features/annotations/codeMapEntry.ts',
  codeDrawing: 'src/features/annotations/codeDrawing.ts',
  diagnosis: 'src/features/diagnose/runDiagnosis.ts',
  connectionCommands: 'src/features/connections/connectionCommands.ts',
  instrumentedRuns: 'src/features/runs/instrumentedRuns.ts',
  traceImport: 'src/features/traceImport/importFiles.ts',
  traceExport: 'src/features/traceExport/exportTraces.ts',
  commandLineInstaller: 'src/features/commandLine/installer.ts',
};

/** What the parser loads, below node_modules. */
const grammars = [
  'web-tree-sitter/web-tree-sitter.wasm',
  ...['python', 'javascript', 'typescript', 'tsx', 'go', 'java', 'rust', 'c-sharp'].map(
    (name) => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`,
  ),
];

/** Makes `import('…')` of an entry load that entry's own file, so that it costs nothing before it is used. @type {import('esbuild').Plugin} */
const lazyEntries = {
  name: 'lazy-entries',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const target = `${resolve(resolveDir, path)}.ts`;
      const name = Object.entries(entries).find(([, file]) => join(root, file) === target)?.[0];
      return name === undefined ? undefined : { path: `./${name}.js`, external: true };
    });
  },
};

/** The bytes of Apache's thrift are in node-int64's Buffers, made in a way of which Node warns outside of node_modules. @type {import('esbuild').Plugin} */
const quietBuffers = {
  name: 'quiet-buffers',
  setup(build) {
    build.onLoad({ filter: /node-int64[\\/]Int64\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return {
        contents: text
          .replaceAll('new Buffer(8)', 'Buffer.alloc(8)')
          .replaceAll('new Buffer(', 'Buffer.from('),
      };
    });
  },
};

/** @param {{production?: boolean}} [options] */
export async function build({ production = process.argv.includes('--production') } = {}) {
  const esbuild = await import('esbuild');
  await rm(join(root, 'dist'), { recursive: true, force: true });
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: root,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
    legalComments: 'none',
    metafile: true,
  };
  /** @type {import('esbuild').BuildOptions} */
  const inNode = {
    ...shared,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [lazyEntries, quietBuffers],
  };
  const [, , ...shipped] = await Promise.all([
    production ? undefined : buildTests(esbuild, shared),
    copyGrammars(),
    esbuild.build({
      ...inNode,
      entryPoints: entries,
      outdir: 'dist',
      // gRPC loads the reader of .proto files for services that Whyspan does not offer.
      external: ['vscode', '@grpc/proto-loader'],
      alias: { 'web-tree-sitter': join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
    }),
    buildCommandLine(esbuild, inNode),
    esbuild.build({
      ...shared,
      entryPoints: await webviewEntries(),
      outdir: 'dist/webview',
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
    }),
  ]);
  const files = shipped.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const notices = thirdPartyNotices(root, [...files, ...grammars.map((file) => `node_modules/${file}`)]);
  await writeFile(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), notices);
}

/** `whyspan`, which runs without VS Code. @param {typeof import('esbuild')} esbuild @param {import('esbuild').BuildOptions} inNode */
async function buildCommandLine(esbuild, inNode) {
  const outfile = 'dist/cli.js';
  const banner = { js: '#!/usr/bin/env node' };
  const result = await esbuild.build({ ...inNode, entryPoints: ['src/cli/main.ts'], outfile, banner });
  await chmod(join(root, outfile), 0o755);
  return result;
}

async function webviewEntries() {
  const files = await readdir(join(root, 'src/webview'), { recursive: true });
  const pages = files.filter((file) => basename(file) === 'main.ts').map(dirname);
  return Object.fromEntries(pages.map((page) => [page, `src/webview/${page}/main.ts`]));
}

async function copyGrammars() {
  const target = join(root, 'dist/wasm');
  await mkdir(target, { recursive: true });
  await Promise.all(
    grammars.map((file) => cp(join(root, 'node_modules', file), join(target, basename(file)))),
  );
}

/** @param {typeof import('esbuild')} esbuild @param {import('esbuild').BuildOptions} shared */
async function buildTests(esbuild, shared) {
  await rm(join(root, 'out/test'), { recursive: true, force: true });
  const files = await testFiles();
  if (files.length === 0) return;
  await esbuild.build({
    ...shared,
    entryPoints: files,
    outbase: '.',
    outdir: 'out',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha', 'playwright-core', 'axe-core', '*.mjs'],
  });
}

async function testFiles() {
  const files = [];
  for (const kind of ['test/host', 'test/e2e']) {
    const found = await readdir(join(root, kind), { recursive: true }).catch(() => []);
    files.push(...found.filter((file) => file.endsWith('.test.ts')).map((file) => join(kind, file)));
  }
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
