import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Constants, type NamePart, resolveName } from '../../../../src/core/mapping/namePart';

const text = (value: string): NamePart => ({ kind: 'text', text: value });
const reference = (name: string): NamePart => ({ kind: 'reference', name });
const unknown: NamePart = { kind: 'unknown' };
const none: Constants = new Map();

describe('resolveName', () => {
  it('puts texts together', () => {
    assert.deepEqual(resolveName([text('run'), text('_model')], none), ['run_model']);
  });

  it('follows constants to what they are, and through others', () => {
    const constants: Constants = new Map([
      ['BASE', [text('model')]],
      ['RUN', [reference('BASE'), text('.run')]],
    ]);
    assert.deepEqual(resolveName([reference('RUN')], constants), ['model.run']);
  });

  it('leaves open what is not known, once where two such things meet', () => {
    assert.deepEqual(resolveName([text('load '), unknown, reference('x'), text(' now')], none), [
      'load ',
      ' now',
    ]);
    assert.deepEqual(resolveName([unknown, text('ending')], none), ['', 'ending']);
  });

  it('is nothing when too little is known', () => {
    for (const parts of [[], [unknown], [reference('x')], [text('a'), unknown]])
      assert.equal(resolveName(parts, none), undefined);
    assert.equal(resolveName([reference('TWICE')], new Map([['TWICE', undefined]])), undefined);
  });

  it('ends with constants that name each other', () => {
    const constants: Constants = new Map([
      ['A', [text('abc'), reference('B')]],
      ['B', [reference('A')]],
    ]);
    assert.deepEqual(resolveName([reference('A')], constants)?.[0]?.startsWith('abc'), true);
  });

  it('gives all text that there is, in its order, whatever the parts', () => {
    const part = fc.oneof(
      fc.string({ minLength: 1 }).map(text),
      fc.constant(unknown),
      fc.constantFrom('A', 'B').map(reference),
    );
    const constants: Constants = new Map([['A', [text('constant')]]]);
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const all = parts.map((each) => {
          if (each.kind === 'text') return each.text;
          return each.kind === 'reference' && each.name === 'A' ? 'constant' : '';
        });
        const pattern = resolveName(parts, constants);
        if (pattern) assert.equal(pattern.join(''), all.join(''));
      }),
    );
  });
});
