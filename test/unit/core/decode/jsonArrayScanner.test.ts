import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { elementText, JsonArrayScanner } from '../../../../src/core/decode/jsonArrayScanner';
import { jaegerSampleText } from '../jaegerSample';

/** Scans a text that arrives in chunks of the given sizes, over and over. */
function scan(key: string, text: string, sizes: readonly number[] = [text.length * 4 + 1]) {
  const bytes = new TextEncoder().encode(text);
  const elements: string[] = [];
  const scanner = new JsonArrayScanner(key, (json) => elements.push(elementText(json)));
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    scanner.push(bytes.slice(at, at + size));
    at += size;
  }
  return { elements, ...scanner.end() };
}

const parsed = (elements: readonly string[]) => elements.map((json) => JSON.parse(json));

describe('JsonArrayScanner', () => {
  it('cuts a real answer into its traces, whatever the chunks', () => {
    for (const size of [1, 7, 4096]) {
      const text = jaegerSampleText('thrift-traces.api.json');
      const { elements, envelope, isTruncated } = scan('data', text, [size]);
      assert.deepEqual(parsed(elements), JSON.parse(text).data);
      assert.deepEqual(JSON.parse(envelope), { ...JSON.parse(text), data: [] });
      assert.equal(isTruncated, false);
    }
  });

  it('finds the array below other objects', () => {
    const text = jaegerSampleText('otlp-trace.api-v3.json');
    assert.deepEqual(parsed(scan('resourceSpans', text).elements), JSON.parse(text).result.resourceSpans);
  });

  it('agrees with JSON.parse on any elements and any envelope, whatever the chunks', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const other = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key !== 'data'),
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const indent = fc.constantFrom(0, 2);
    fc.assert(
      fc.property(
        other,
        fc.array(json, { maxLength: 5 }),
        other,
        cuts,
        indent,
        (before, data, after, sizes, space) => {
          const whole = { ...before, data, ...after };
          const { elements, envelope } = scan('data', JSON.stringify(whole, null, space), sizes);
          assert.deepEqual(
            elements.map((text) => JSON.stringify(JSON.parse(text))),
            data.map((value) => JSON.stringify(value)),
          );
          assert.equal(
            JSON.stringify(JSON.parse(envelope)),
            JSON.stringify(JSON.parse(JSON.stringify({ ...whole, data: [] }))),
          );
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('does not take brackets, quotes, commas and colons in strings for structure', () => {
    const data = ['],[', '{"data":[1]}', '\\', '"', '\\"]', 'a,b', '\u2028😀é', ''];
    for (const size of [1, 2, 3, 1000]) {
      assert.deepEqual(
        parsed(scan('data', JSON.stringify({ 'x":[': '"data":[', data }), [size]).elements),
        data,
      );
    }
  });

  it('takes the key for a key only where it is one', () => {
    const text = '{"a":"data","b":["data",[1]],"data":{"c":[2]},"data2":[3],"data" : \n [4, 5 ]}';
    assert.deepEqual(scan('data', text).elements, ['4', '5']);
  });

  it('takes the first array of several', () => {
    const { elements, envelope } = scan('data', '{"data":[1],"more":[2],"data":[3]}');
    assert.deepEqual(elements, ['1']);
    assert.equal(envelope, '{"data":[],"more":[2],"data":[3]}');
  });

  it('leaves an answer without the array in the envelope', () => {
    const text = '{"data":null,"errors":[{"code":400,"msg":"no [service]"}]}';
    assert.deepEqual(scan('data', text, [3]), { elements: [], envelope: text, isTruncated: false });
    assert.deepEqual(scan('data', '<!doctype html>'), {
      elements: [],
      envelope: '<!doctype html>',
      isTruncated: false,
    });
  });

  it('finds no element in an empty array', () => {
    assert.deepEqual(scan('data', '{"data":[ \n ]}').elements, []);
  });

  it('says that a text is truncated within the array, and gives the elements before', () => {
    const text = '{"total":2,"data":[{"a":"é"},{"b":[2]}],"end":1}';
    const length = new TextEncoder().encode(text).length;
    const from = text.indexOf('[') + 1;
    const to = text.lastIndexOf(']');
    for (let cut = 0; cut < length; cut++) {
      const scanner = new JsonArrayScanner('data', (json) => void JSON.parse(elementText(json)));
      scanner.push(new TextEncoder().encode(text).slice(0, cut));
      // In bytes, the é before the end of the array counts twice.
      assert.equal(scanner.end().isTruncated, cut >= from && cut <= to + 1, `cut at ${cut}`);
    }
  });

  it('does not take the array of a later element for that of a key before it', () => {
    assert.deepEqual(scan('data', '[{"data":1},[2],{"data":"x"},[3]]').elements, []);
  });

  it('closes the array in the envelope of a text that is truncated within it', () => {
    assert.equal(scan('data', '{"total":2,"data":[1,2').envelope, '{"total":2,"data":[]');
  });

  it('keeps no more of an endless string in the envelope than it needs to compare', () => {
    const text = `{"${'x'.repeat(300)}data":[1],"data":[2]}`;
    assert.deepEqual(scan('data', text, [50]).elements, ['2']);
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (chunks) => {
        const scanner = new JsonArrayScanner('', () => {});
        for (const chunk of chunks) scanner.push(chunk);
        scanner.end();
      }),
      { numRuns: 200 },
    );
  });
});
