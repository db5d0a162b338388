import { asArray, asNumber, asObject, asString, own } from '../decode/jsonValue';
import type { MinuteSummary } from './minuteSummary';
import { QuantileSketch } from './quantileSketch';
import { ValueSummary } from './valueSummary';

const decoder = new TextDecoder();

/** Summaries as the payload of a record: the first and the last minute in a word each, then JSON. */
export function encodeMinutes(rows: readonly MinuteSummary[]): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(rows.map(plainRow)));
  const payload = new Uint8Array(8 + json.length);
  const view = new DataView(payload.buffer);
  const minutes = rows.map(({ minute }) => minute);
  view.setUint32(
    0,
    minutes.reduce((a, b) => Math.min(a, b), 0xffff_ffff),
    true,
  );
  view.setUint32(
    4,
    minutes.reduce((a, b) => Math.max(a, b), 0),
    true,
  );
  payload.set(json, 8);
  return payload;
}

/** The summaries of a record's payload that lie in some minutes, both included; what cannot be read is left out. */
export function decodeMinutes(payload: Uint8Array, from: number, to: number): readonly MinuteSummary[] {
  if (payload.length < 8) return [];
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  if (view.getUint32(0, true) > to || view.getUint32(4, true) < from) return [];
  return parse(decoder.decode(payload.subarray(8)))
    .flatMap(readRow)
    .filter(({ minute }) => minute >= from && minute <= to);
}

function plainRow({ predictions, values, ...row }: MinuteSummary) {
  return {
    ...row,
    predictions: [...predictions],
    values: [...values].map(([signal, { count, sum, min, max, sketch }]) => {
      const { zeros, positive, negative } = sketch.parts;
      return [signal, count, sum, min, max, zeros, positive, negative];
    }),
  };
}

function parse(text: string): readonly unknown[] {
  try {
    return asArray(JSON.parse(text));
  } catch {
    return [];
  }
}

function readRow(value: unknown): readonly MinuteSummary[] {
  const row = asObject(value) ?? {};
  const text = (key: string) => asString(own(row, key));
  const [source, service, observer] = [text('source'), text('service'), text('observer')];
  const number = (key: string) => asCount(own(row, key));
  const [minute, inferences, errors] = [number('minute'), number('inferences'), number('errors')];
  const [otherPredictions, revision] = [number('otherPredictions'), number('revision')];
  if (source === undefined || service === undefined || observer === undefined) return [];
  if (minute === undefined || inferences === undefined || errors === undefined) return [];
  if (otherPredictions === undefined || revision === undefined) return [];
  const predictions = new Map(asArray(own(row, 'predictions')).flatMap(readPrediction));
  const values = new Map(asArray(own(row, 'values')).flatMap(readValue));
  const counted = { minute, inferences, errors, predictions, otherPredictions };
  return [{ source, service, observer, revision, values, ...counted }];
}

function readPrediction(value: unknown): readonly (readonly [string, number])[] {
  const [label, count] = asArray(value);
  const times = asCount(count);
  return typeof label === 'string' && times !== undefined ? [[label, times]] : [];
}

function readValue(value: unknown): readonly (readonly [string, ValueSummary])[] {
  const [signal, count, sum, min, max, zeros, positive, negative] = asArray(value);
  const [known, total, low, high] = [asCount(count), asNumber(sum), asNumber(min), asNumber(max)];
  const [pairs, negativePairs] = [readPairs(positive), readPairs(negative)];
  const none = asCount(zeros);
  if (typeof signal !== 'string' || !known || total === undefined || none === undefined) return [];
  if (low === undefined || high === undefined || !pairs || !negativePairs) return [];
  const sketch = QuantileSketch.of({ zeros: none, positive: pairs, negative: negativePairs });
  const summary = new ValueSummary(sketch);
  Object.assign(summary, { count: known, sum: total, min: low, max: high });
  return [[signal, summary]];
}

function readPairs(value: unknown): readonly number[] | undefined {
  const pairs = asArray(value).filter((item): item is number => Number.isSafeInteger(item));
  return pairs.length === asArray(value).length && pairs.length % 2 === 0 && pairs.length <= 2048
    ? pairs
    : undefined;
}

function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
