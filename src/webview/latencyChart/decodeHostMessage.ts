import { asObject } from '../../core/decode/jsonValue';
import {
  type ChartData,
  type ChartInit,
  type ChartPoints,
  type ChartRange,
  chartRanges,
  chartStringKeys,
} from '../../features/latencyChart/protocol';

/** The extension's answer to `ready`; throws when it is none: page and extension are then not of one version. */
export function decodeInit(value: unknown): ChartInit {
  const object = asObject(value);
  const strings = asObject(object?.strings);
  const isComplete = strings && chartStringKeys.every((key) => typeof strings[key] === 'string');
  if (!isComplete || typeof object?.language !== 'string') throw new Error('no answer to “ready”');
  return object as unknown as ChartInit;
}

/** Data of the extension; throws when it has not the shape that the page relies on. */
export function decodeData(value: unknown): ChartData {
  const data = asObject(value);
  const isData =
    data &&
    [data.fromMs, data.toMs, data.nowMs, data.threshold, data.total].every(Number.isFinite) &&
    isPoints(data.points) &&
    (data.table === undefined || isPoints(data.table)) &&
    isTable(data.average, ['timeMs', 'value']) &&
    Array.isArray(data.periods) &&
    [data.quantity, data.state, data.source].every(asObject);
  if (!isData) throw new Error('data of an unknown shape');
  return data as unknown as ChartData;
}

/** Version of what the page keeps over a reload. */
export const keptVersion = 1;

/** What an earlier page of this panel chose. */
export function decodeKept(state: unknown): { readonly range: ChartRange; readonly isTableShown: boolean } {
  const object = asObject(state)?.version === keptVersion ? asObject(state) : undefined;
  const range = chartRanges.find((known) => known === object?.range) ?? '1h';
  return { range, isTableShown: object?.isTableShown === true };
}

const pointColumns: readonly (keyof ChartPoints)[] = [
  'timeMs',
  'value',
  'prediction',
  'service',
  'traceId',
  'spanId',
];

function isPoints(value: unknown): boolean {
  return isTable(value, pointColumns) && Array.isArray(asObject(value)?.labels);
}

function isTable(value: unknown, columns: readonly string[]): boolean {
  const object = asObject(value);
  const lengths = columns.map((name) => {
    const column = object?.[name];
    return Array.isArray(column) ? column.length : -1;
  });
  return lengths.every((length) => length >= 0 && length === lengths[0]);
}
