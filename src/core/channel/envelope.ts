import { asObject, asString, own } from '../decode/jsonValue';

/** What travels between an extension and its page: a notification, or a request and the answer to it. */
export type Envelope =
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };

/** Longest name of a method, longest message of an error. */
const maxMethodLength = 64;
const maxMessageLength = 1000;

/** An envelope of what came in; `undefined` when it is none. What is in it is not looked at. */
export function decodeEnvelope(message: unknown): Envelope | undefined {
  const object = asObject(message);
  if (!object) return undefined;
  const kind = own(object, 'kind');
  if (kind === 'notification') {
    const method = decodeMethod(own(object, 'method'));
    return method === undefined ? undefined : { kind, method, params: own(object, 'params') };
  }
  const id = own(object, 'id');
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined;
  switch (kind) {
    case 'request': {
      const method = decodeMethod(own(object, 'method'));
      return method === undefined ? undefined : { kind, id, method, params: own(object, 'params') };
    }
    case 'reply':
      return { kind, id, result: own(object, 'result') };
    case 'error':
      return { kind, id, message: (asString(own(object, 'message')) ?? '').slice(0, maxMessageLength) };
    default:
      return undefined;
  }
}

function decodeMethod(value: unknown): string | undefined {
  const method = asString(value);
  return method !== undefined && method.length <= maxMethodLength ? method : undefined;
}
