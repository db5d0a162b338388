import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SitePlace } from '../../../../src/core/mapping/resolveSite';
import { ChosenLines } from '../../../../src/features/annotations/chosenLines';

const place = (key: string, name: string, line = 1): SitePlace => {
  const site = { name, container: undefined, line, endLine: line + 9 };
  return { file: { key, path: key, functions: [site], spanOpenings: [] }, line: line + 1, inFunction: site };
};
const places = [place('/a.py', 'run'), place('/b.py', 'run')];
const subject = (service = 's') => ({
  ...{ service, spanName: 'shared' },
  ...{ filePath: undefined, line: undefined, functionName: undefined },
});

function choices(kept: unknown = undefined) {
  const memory = { value: kept };
  const chosen = new ChosenLines({
    get: () => memory.value,
    update: async (_, value) => {
      memory.value = JSON.parse(JSON.stringify(value));
    },
  });
  return { chosen, memory };
}

describe('ChosenLines', () => {
  it('remembers a choice for a service and a span, also when its lines have moved', async () => {
    const { chosen, memory } = choices();
    assert.equal(chosen.choose(subject(), places), undefined);
    await chosen.set(subject(), places[1]);
    assert.equal(chosen.choose(subject(), places), places[1]);
    assert.equal(chosen.choose(subject('other'), places), undefined);
    const moved = [place('/a.py', 'run'), place('/b.py', 'run', 50)];
    assert.equal(choices(memory.value).chosen.choose(subject(), moved), moved[1]);
  });

  it('does not hold to a place that is gone', async () => {
    const { chosen } = choices();
    await chosen.set(subject(), places[1]);
    assert.equal(chosen.choose(subject(), [place('/a.py', 'run'), place('/c.py', 'run')]), undefined);
  });

  it('takes a choice back', async () => {
    const { chosen } = choices();
    await chosen.set(subject(), places[1]);
    await chosen.set(subject(), undefined);
    assert.equal(chosen.choose(subject(), places), undefined);
  });

  it('keeps what was chosen last, and no more than a workspace needs', async () => {
    const keys = Array.from({ length: 500 }, (_, i) => JSON.stringify([`s${i}`, 'shared', null, null]));
    const kept = Object.fromEntries(keys.map((key) => [key, { file: '/a.py', functionName: 'run' }]));
    const { chosen } = choices(kept);
    assert.equal(chosen.choose(subject('s0'), places), places[0]);
    await chosen.set(subject('s500'), places[0]);
    assert.equal(chosen.choose(subject('s0'), places), undefined);
    assert.equal(chosen.choose(subject('s500'), places), places[0]);
  });

  it('takes for nothing what it cannot read', () => {
    const key = JSON.stringify(['s', 'shared', null, null]);
    for (const kept of [
      5,
      null,
      [],
      { [key]: 5 },
      { [key]: { file: 7 } },
      { [key]: { file: '/a.py', functionName: 1 } },
    ])
      assert.equal(choices(kept).chosen.choose(subject(), places), undefined);
  });
});
