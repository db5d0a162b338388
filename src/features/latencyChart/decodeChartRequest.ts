import { asNumber, asObject, asString, type JsonObject, own } from '../../core/decode/jsonValue';
import { type ChartRequest, type ChartView, chartActions, chartRanges } from './protocol';

/** A request of the page; `undefined` when it is none that is known. */
export function decodeChartRequest(method: string, params: unknown): ChartRequest | undefined {
  const object = asObject(params) ?? {};
  switch (method) {
    case 'ready':
    case 'view': {
      const view = decodeView(object);
      return view && { method, view };
    }
    case 'reveal':
    case 'line': {
      const traceId = decodeId(own(object, 'traceId'));
      const spanId = decodeId(own(object, 'spanId'));
      return traceId === undefined || spanId === undefined ? undefined : { method, traceId, spanId };
    }
    case 'run': {
      const action = chartActions.find((known) => known === own(object, 'action'));
      return action && { method, action };
    }
    default:
      return undefined;
  }
}

/** A state that a page kept, or the view of its message; `undefined` when it is none. */
function decodeView(object: JsonObject): ChartView | undefined {
  const range = chartRanges.find((known) => known === own(object, 'range'));
  if (range === undefined) return undefined;
  return {
    range,
    frozenAtMs: asNumber(own(object, 'frozenAtMs')),
    isTableShown: own(object, 'isTableShown') === true,
    columns: Math.min(8000, Math.max(50, Math.round(asNumber(own(object, 'columns')) ?? 1000))),
  };
}

function decodeId(value: unknown): string | undefined {
  const id = asString(value);
  return id !== undefined && /^[0-9a-f]{1,32}$/.test(id) ? id : undefined;
}
