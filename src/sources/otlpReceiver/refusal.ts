/** Why a request was not taken. */
export type RefusalReason =
  | 'forbidden'
  | 'unauthorized'
  | 'not-found'
  | 'method'
  | 'content-type'
  | 'malformed'
  | 'too-large'
  | 'too-many'
  | 'timeout'
  | 'connections'
  | 'unavailable'
  | 'internal';

interface Answer {
  readonly status: number;
  /** google.rpc.Code, https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
  readonly code: number;
}

const answers: Readonly<Record<RefusalReason, Answer>> = {
  forbidden: { status: 403, code: 7 },
  unauthorized: { status: 401, code: 16 },
  'not-found': { status: 404, code: 5 },
  method: { status: 405, code: 12 },
  'content-type': { status: 415, code: 3 },
  malformed: { status: 400, code: 3 },
  'too-large': { status: 413, code: 8 },
  'too-many': { status: 429, code: 8 },
  timeout: { status: 408, code: 4 },
  connections: { status: 503, code: 14 },
  unavailable: { status: 503, code: 14 },
  internal: { status: 500, code: 13 },
};

/** Ends a request with an answer that says why. The message is for the developer of what sends, and has nothing of the body. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  readonly status: number;
  readonly code: number;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
    this.status = answers[reason].status;
    this.code = answers[reason].code;
  }
}
