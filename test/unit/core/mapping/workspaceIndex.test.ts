import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { FunctionSite } from '../../../../src/core/mapping/callSites';
import type { IndexedFile } from '../../../../src/core/mapping/indexedFile';
import { isExact, matchesName } from '../../../../src/core/mapping/namePattern';
import { commonSuffixLength } from '../../../../src/core/mapping/pathMatch';
import { WorkspaceIndex } from '../../../../src/core/mapping/workspaceIndex';

const site = (name: string, line = 1): FunctionSite => ({
  name,
  container: undefined,
  line,
  endLine: line + 5,
});
const file = (
  path: string,
  functions: readonly string[],
  names: readonly (readonly string[])[],
): IndexedFile => ({
  ...{ key: `file://${path}`, path },
  functions: functions.map((name, i) => site(name, 1 + i * 10)),
  spanOpenings: names.map((spanName, i) => ({ spanName, line: 2 + i, inFunction: undefined })),
});

const folder = fc.constantFrom('a', 'b', 'src');
const path = fc
  .tuple(fc.array(folder, { maxLength: 3 }), fc.constantFrom('main.py', 'Main.py', 'x.go'))
  .map(([folders, name]) => `/${[...folders, name].join('/')}`);
const name = fc.constantFrom('run', 'load', 'predict');
const pattern = fc.constantFrom(['load'], ['predict'], ['pre', ''], ['', 'dict'], ['lo', 'd']);
const change = fc.record({
  isDeleted: fc.boolean(),
  file: fc
    .tuple(path, fc.array(name, { maxLength: 3 }), fc.array(pattern, { maxLength: 3 }))
    .map((parts) => file(...parts)),
});

/** An index after changes, and the files that must be in it. */
function indexAfter(changes: readonly { readonly isDeleted: boolean; readonly file: IndexedFile }[]) {
  const index = new WorkspaceIndex();
  const files = new Map<string, IndexedFile>();
  for (const { isDeleted, file } of changes) {
    if (isDeleted) {
      assert.equal(index.delete(file.key), files.delete(file.key));
    } else {
      assert.equal(index.set(file), true);
      files.set(file.key, file);
    }
    index.openersOf('predict');
  }
  return { index, files: [...files.values()] };
}

const sorted = (texts: readonly string[]) => [...texts].sort();

describe('WorkspaceIndex', () => {
  it('knows who opens a span, as if it looked through all files', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.constantFrom('load', 'predict', 'prelude'),
        (changes, wanted) => {
          const { index, files } = indexAfter(changes);
          const all = files.flatMap((each) =>
            each.spanOpenings
              .filter(({ spanName }) => matchesName(spanName, wanted))
              .map((opening) => ({ key: `${each.key}:${opening.line}`, isExact: isExact(opening.spanName) })),
          );
          const exact = all.filter((each) => each.isExact);
          assert.deepEqual(
            sorted(index.openersOf(wanted).map((each) => `${each.file.key}:${each.opening.line}`)),
            sorted((exact.length > 0 ? exact : all).map(({ key }) => key)),
          );
        },
      ),
    );
  });

  it('knows who has a function, as if it looked through all files', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), name, (changes, wanted) => {
        const { index, files } = indexAfter(changes);
        const all = files.flatMap((each) =>
          each.functions.filter((one) => one.name === wanted).map(({ line }) => `${each.key}:${line}`),
        );
        assert.deepEqual(
          sorted(index.functionsNamed(wanted).map((each) => `${each.file.key}:${each.site.line}`)),
          sorted(all),
        );
      }),
    );
  });

  it('knows which files are most like a path, as if it looked at all', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), path, fc.boolean(), (changes, wanted, isWindows) => {
        const { index, files } = indexAfter(changes);
        const asked = isWindows ? `C:${wanted.replaceAll('/', '\\')}` : wanted;
        const lengths = files.map((each) => commonSuffixLength(each.path, asked));
        const most = Math.max(0, ...lengths);
        const { files: found, common } = index.filesLike(asked);
        assert.equal(common, most);
        assert.deepEqual(
          sorted(found.map(({ key }) => key)),
          sorted(files.filter((_, i) => most > 0 && lengths[i] === most).map(({ key }) => key)),
        );
      }),
    );
  });

  it('gives back what a file took, and takes none that has no room', () => {
    const index = new WorkspaceIndex(3000);
    const many = file(
      '/many.py',
      Array.from({ length: 10 }, (_, i) => `function_${i}`),
      [],
    );
    assert.equal(index.set(many), true);
    assert.equal(
      index.set(
        file(
          '/more.py',
          many.functions.map(({ name }) => name),
          [],
        ),
      ),
      false,
    );
    assert.equal(index.size, 1);
    assert.equal(index.delete(many.key), true);
    assert.equal(index.bytes, 0);
    assert.equal(index.set(file('/more.py', ['a'], [])), true);
  });

  it('counts each change', () => {
    const index = new WorkspaceIndex();
    const before = index.revision;
    index.set(file('/a.py', [], []));
    assert.notEqual(index.revision, before);
    const then = index.revision;
    assert.equal(index.delete('file:///none.py'), false);
    assert.equal(index.revision, then);
  });
});
