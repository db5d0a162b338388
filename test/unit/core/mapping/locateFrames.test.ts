import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collectCallSites } from '../../../../src/core/mapping/collectCallSites';
import { framesOf, innermostPlace, throughWhich } from '../../../../src/core/mapping/locateFrames';
import { resolveSite } from '../../../../src/core/mapping/resolveSite';
import { WorkspaceIndex } from '../../../../src/core/mapping/workspaceIndex';
import { spanOf } from '../spanOf';
import { functionMatch, spanMatch } from './captures';

const index = new WorkspaceIndex();
for (const [path, line] of [
  ['/w/a/main.py', 10],
  ['/w/b/main.py', 30],
] as const)
  index.set({
    ...{ key: path, path },
    ...collectCallSites([functionMatch('predict', line, line + 9), spanMatch(line + 1, { name: 'shared' })]),
  });
const world = { index, mapPath: (path: string) => path };
const frame = (filePath: string, line: number, functionName = 'predict') => ({
  filePath,
  line,
  functionName,
});
const places = resolveSite(
  { spanName: 'shared', filePath: undefined, line: undefined, functionName: undefined },
  world,
)?.places;

describe('frames of exceptions', () => {
  it('are read from the events of a span, the last exception first', () => {
    const event = (line: number) => ({
      ...{ name: 'exception', timeUs: line },
      attributes: new Map([['exception.stacktrace', `  File "/app/a.py", line ${line}, in run`]]),
    });
    const frames = framesOf(spanOf({ events: [event(1), event(2)] }));
    assert.deepEqual(
      frames.map(({ line }) => line),
      [2, 1],
    );
  });

  it('lead to the innermost line of the workspace', () => {
    const installed = frame('/usr/lib/python3/site-packages/a/main.py', 12);
    const place = innermostPlace(
      [installed, frame('/app/b/main.py', 33), frame('/app/a/main.py', 12)],
      world,
    );
    assert.deepEqual([place?.file.path, place?.line], ['/w/b/main.py', 33]);
    assert.equal(innermostPlace([installed, frame('/app/main.py', 3)], world), undefined);
  });

  it('tell which of several places was gone through', () => {
    assert.equal(throughWhich([frame('/app/b/main.py', 33)], places ?? [], world)?.file.path, '/w/b/main.py');
    assert.equal(throughWhich([frame('/app/b/main.py', 90, 'other')], places ?? [], world), undefined);
    const both = [frame('/app/b/main.py', 33), frame('/app/a/main.py', 12)];
    assert.equal(throughWhich(both, places ?? [], world), undefined);
  });
});
