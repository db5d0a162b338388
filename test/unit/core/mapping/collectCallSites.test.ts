import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { noCallSites } from '../../../../src/core/mapping/callSites';
import {
  collectCallSites,
  functionAt,
  type UnnamedSpan,
} from '../../../../src/core/mapping/collectCallSites';
import {
  constantMatch,
  containerMatch,
  decoratorMatch,
  functionMatch,
  spanMatch,
  unnamedMatch,
  writeMatch,
} from './captures';

describe('collectCallSites', () => {
  it('finds nothing in nothing', () => {
    assert.deepEqual(collectCallSites([]), noCallSites);
  });

  it('places spans and writes in the innermost function, whatever the order of the matches', () => {
    const { spanOpenings, attributeWrites } = collectCallSites([
      writeMatch(7, 9, { key: 'k' }),
      spanMatch(6, { name: 'inner span' }),
      spanMatch(3, { name: 'outer span' }),
      spanMatch(20, { name: 'top' }),
      functionMatch('inner', 5, 10),
      functionMatch('outer', 2, 12),
    ]);
    assert.deepEqual(
      spanOpenings.map(({ spanName, line, inFunction }) => [...spanName, line, inFunction?.name]),
      [
        ['outer span', 3, 'outer'],
        ['inner span', 6, 'inner'],
        ['top', 20, undefined],
      ],
    );
    assert.deepEqual(attributeWrites, [
      {
        key: 'k',
        line: 7,
        endLine: 9,
        inFunction: { name: 'inner', container: undefined, line: 5, endLine: 10 },
      },
    ]);
  });

  it('puts a decorator’s span on the function that it decorates, once', () => {
    const { spanOpenings } = collectCallSites([
      functionMatch('outer', 1, 20),
      functionMatch('decorated', 6, 9),
      spanMatch(5, { name: 'work' }),
      decoratorMatch(5, 'work', 6),
    ]);
    assert.deepEqual(spanOpenings, [
      {
        spanName: ['work'],
        line: 5,
        inFunction: { name: 'decorated', container: undefined, line: 6, endLine: 9 },
      },
    ]);
  });

  it('reads names from constants, wherever they are defined', () => {
    const { spanOpenings, attributeWrites } = collectCallSites([
      spanMatch(3, { constant: 'SPAN' }),
      writeMatch(4, 4, { constant: 'KEY' }),
      constantMatch('SPAN', 'ai_inference_pipeline'),
      constantMatch('KEY', 'storage_latency_ms'),
    ]);
    assert.deepEqual(
      spanOpenings.map(({ spanName }) => spanName),
      [['ai_inference_pipeline']],
    );
    assert.deepEqual(
      attributeWrites.map(({ key }) => key),
      ['storage_latency_ms'],
    );
  });

  it('leaves out names that cannot be read: unknown, or assigned twice', () => {
    const { spanOpenings, attributeWrites } = collectCallSites([
      constantMatch('TWICE', 'a'),
      constantMatch('TWICE', 'b'),
      constantMatch('TWICE', 'c'),
      spanMatch(3, { constant: 'TWICE' }),
      spanMatch(4, { constant: 'constructor' }),
      writeMatch(5, 5, { constant: '__proto__' }),
    ]);
    assert.deepEqual([spanOpenings, attributeWrites], [[], []]);
  });

  it('takes no empty name, which would be no name', () => {
    assert.deepEqual(collectCallSites([spanMatch(1, { name: '' })]), noCallSites);
  });

  it('calls a span without a name as its function, after its class where the language does so', () => {
    const matches = [containerMatch('Model', 1, 9), functionMatch('run', 3, 5), unnamedMatch(2, 3)];
    const names = (unnamed: UnnamedSpan) => collectCallSites(matches, unnamed).spanOpenings[0]?.spanName;
    assert.deepEqual([names('function'), names('container.function')], [['run'], ['Model.run']]);
    assert.deepEqual(
      collectCallSites([functionMatch('run', 3, 5), unnamedMatch(2, 3)]).spanOpenings.length,
      1,
    );
  });

  it('takes the name that a span is given over that of its function, whichever matches first', () => {
    const named = decoratorMatch(2, 'given', 3);
    for (const two of [
      [named, unnamedMatch(2, 3)],
      [unnamedMatch(2, 3), named],
    ])
      assert.deepEqual(
        collectCallSites([functionMatch('run', 3, 5), ...two]).spanOpenings.map(({ spanName }) => spanName),
        [['given']],
      );
  });

  it('makes nothing of a match that lacks half of its captures', () => {
    const halves = [
      functionMatch('f', 1, 2),
      constantMatch('C', 'v'),
      spanMatch(1, { name: 's' }),
      writeMatch(1, 1, { key: 'k' }),
    ];
    const first = halves.map((match) => match.slice(0, 1));
    const second = halves.map((match) => match.slice(1));
    assert.deepEqual(collectCallSites(first), noCallSites);
    assert.deepEqual(collectCallSites(second), noCallSites);
  });
});

describe('functionAt', () => {
  it('knows the first and the last line of a function, and none between two', () => {
    const functions = collectCallSites([functionMatch('a', 1, 3), functionMatch('b', 5, 7)]).functions;
    const names = [0, 1, 3, 4, 5, 7, 8].map((line) => functionAt(functions, line)?.name);
    assert.deepEqual(names, [undefined, 'a', 'a', undefined, 'b', 'b', undefined]);
  });
});
