import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeJaegerTrace } from '../../../../src/core/jaeger/decodeJaegerTrace';
import { decodeOtlpResourceSpans } from '../../../../src/core/otlp/decodeOtlpJson';
import { assertSound } from '../decode/assertSound';
import { mutatedJson } from '../decode/mutatedJson';
import { jaegerResourceSpans, jaegerSampleText, jaegerTraces } from '../jaegerSample';
import { decodedFile } from './decoded';

const jaeger = jaegerTraces('thrift-traces.api.json');
const jaegerExpected = jaeger.flatMap((json) => decodeJaegerTrace(json).traces);
const otlp = jaegerResourceSpans();
const otlpExpected = decodeOtlpResourceSpans(otlp).traces;

describe('TraceFileDecoder', () => {
  const jaegerForms: Readonly<Record<string, string>> = {
    'what /api/traces answers': jaegerSampleText('thrift-traces.api.json'),
    'the same, indented, after a byte order mark': `\ufeff${JSON.stringify({ data: jaeger }, null, 2)}\n`,
    'a list of traces': JSON.stringify(jaeger),
    'a trace a line': jaeger.map((trace) => JSON.stringify(trace)).join('\r\n'),
    'traces whose spans come last': jaeger
      .map((trace) =>
        JSON.stringify(trace).replace(/^\{("traceID":"\w+"),("spans":.*),("processes":.*)\}$/, '{$1,$3,$2}'),
      )
      .join('\n'),
  };
  for (const [name, text] of Object.entries(jaegerForms)) {
    it(`reads Jaeger JSON: ${name}`, () => {
      for (const size of [1, 7, 100_000]) {
        const result = decodedFile(text, size);
        assert.deepEqual(result, { traces: jaegerExpected, problems: [], moreProblems: 0, format: 'jaeger' });
      }
    });
  }

  const otlpForms: Readonly<Record<string, string>> = {
    'what /api/v3/traces answers': jaegerSampleText('otlp-trace.api-v3.json'),
    'one document': JSON.stringify({ resourceSpans: otlp }),
    'a document a line, as the collector’s file exporter writes': otlp
      .map((element) => `${JSON.stringify({ resourceSpans: [element] })}\n`)
      .join(''),
    'a list of documents': JSON.stringify(otlp.map((element) => ({ resourceSpans: [element] }))),
    'elements of resourceSpans alone': otlp.map((element) => JSON.stringify(element)).join('\n'),
  };
  for (const [name, text] of Object.entries(otlpForms)) {
    it(`reads OTLP JSON: ${name}`, () => {
      for (const size of [1, 7, 100_000]) {
        const result = decodedFile(text, size);
        assert.deepEqual(result, { traces: otlpExpected, problems: [], moreProblems: 0, format: 'otlp' });
      }
    });
  }

  it('reads what is larger than the beginning that it looks at', () => {
    const long = { ...(jaeger[0] as object), note: 'x'.repeat(200_000) };
    assert.deepEqual(decodedFile(JSON.stringify(long), 4096).traces, jaegerExpected.slice(0, 1));
    const noteFirst = { note: '{"data":['.repeat(20_000), data: jaeger };
    assert.deepEqual(decodedFile(JSON.stringify(noteFirst), 4096).traces, jaegerExpected);
  });

  it('says what is no trace file, and where', () => {
    const what = (text: string) =>
      decodedFile(text).problems.map((problem) => `${problem.what} @ ${problem.where}`);
    assert.deepEqual(what(''), ['the file is empty @ ']);
    assert.deepEqual(what('PK\u0003\u0004'), ['something that is no JSON @ ']);
    assert.deepEqual(what('{"a":1}\n{"b":'), [
      'JSON that holds no traces that we know @ document 1',
      'the file ends early @ document 2',
    ]);
    assert.deepEqual(what('{"data":[1,{]}'), [
      'a trace is not an object @ ',
      'an element is no JSON @ document 1',
      'the file ends early @ document 1',
    ]);
    assert.deepEqual(what('{]'), ['a document is no JSON @ document 1']);
    assert.deepEqual(what('{"data":[]} and more'), ['something that is no JSON @ after document 1']);
  });

  it('keeps the traces before a cut', () => {
    const text = JSON.stringify({ data: jaeger });
    const result = decodedFile(text.slice(0, text.length - 100));
    assert.equal(result.traces.length, jaegerExpected.length - 1);
    assert.deepEqual(result.problems.at(-1), { what: 'the file ends early', where: 'document 1' });
  });

  it('keeps no more than a thousand problems', () => {
    const result = decodedFile(JSON.stringify({ data: Array(1500).fill(1) }));
    assert.equal(result.problems.length, 1000);
    assert.equal(result.moreProblems, 500);
  });

  it('is sound on any bytes, and on samples with values that no one would send', () => {
    const size = fc.integer({ min: 1, max: 5000 });
    const samples = fc.oneof(
      mutatedJson({ data: jaeger }),
      mutatedJson({ resourceSpans: otlp }),
      mutatedJson(jaeger),
    );
    fc.assert(
      fc.property(samples, size, fc.nat(), (json, chunk, cut) => {
        const text = JSON.stringify(json) ?? '';
        assertSound(decodedFile(text, chunk));
        assertSound(decodedFile(text.slice(0, cut % (text.length + 1)), chunk));
      }),
      { numRuns: 200 },
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => assertSound(decodedFile(bytes))));
    fc.assert(fc.property(fc.json(), size, (text, chunk) => assertSound(decodedFile(text, chunk))));
  }).timeout(20_000);
});
