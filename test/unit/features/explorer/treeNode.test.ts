import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fileOf, type NodeSubject, placeOf, TreeNodes } from '../../../../src/features/explorer/treeNode';

const group: NodeSubject = { kind: 'group', key: 'a' };
const inference: NodeSubject = { kind: 'inference', traceId: 't', spanId: 's' };

describe('TreeNodes', () => {
  it('makes the same node for the same place', () => {
    const nodes = new TreeNodes();
    const parent = nodes.node(group, undefined);
    assert.equal(nodes.node({ ...group }, undefined), parent);
    assert.equal(nodes.node({ ...inference }, parent), nodes.node(inference, parent));
    assert.equal(nodes.node(inference, parent).parent, parent);
  });

  it('gives different places different ids, whatever is in them', () => {
    const nodes = new TreeNodes();
    const parents = ['a', 'a/', '["group","a"]', '","', ''].map((key) =>
      nodes.node({ kind: 'group', key }, undefined),
    );
    const subjects: NodeSubject[] = [
      inference,
      { kind: 'span', traceId: 't', spanId: 's' },
      { kind: 'attributes', traceId: 't', spanId: 's' },
      { kind: 'attribute', traceId: 't', spanId: 's', key: 'k' },
      { kind: 'attribute', traceId: 't', spanId: 's","k', key: '' },
      { kind: 'event', traceId: 't', spanId: 's', index: 1 },
      { kind: 'more', from: 200 },
    ];
    const all = [
      ...parents,
      ...parents.flatMap((parent) => subjects.map((subject) => nodes.node(subject, parent))),
    ];
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  it('knows the file that a node lies in, however deep', () => {
    const nodes = new TreeNodes();
    const file = nodes.node({ kind: 'file', file: 'a' }, undefined);
    const below = nodes.node({ kind: 'span', traceId: 't', spanId: 's' }, nodes.node(inference, file));
    assert.deepEqual([fileOf(file), fileOf(below), placeOf(below)], ['a', 'a', { file: 'a' }]);
    const live = nodes.node(inference, nodes.node(group, undefined));
    assert.deepEqual([fileOf(live), placeOf(live)], [undefined, 'all']);
  });

  it('forgets nodes of traces that are gone, and keeps the others', () => {
    const nodes = new TreeNodes();
    const parent = nodes.node(group, undefined);
    const gone = nodes.node(inference, parent);
    const kept = nodes.node({ ...inference, traceId: 'other' }, parent);
    nodes.prune(({ subject }) => !('traceId' in subject) || subject.traceId === 'other');
    assert.equal(nodes.node(group, undefined), parent);
    assert.equal(nodes.node({ ...inference, traceId: 'other' }, parent), kept);
    assert.notEqual(nodes.node(inference, parent), gone);
    assert.equal(nodes.node(inference, parent).id, gone.id);
  });
});
