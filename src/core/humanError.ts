/** Why something failed, for whoever must decide what to do about it. */
export type FailureKind =
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'certificate'
  | 'not-jaeger'
  | 'redirected'
  | 'too-large'
  | 'broken-answer'
  | 'server'
  | 'not-found'
  | 'configuration';

/** A failure that the user can understand: what happened and what to do, in at most two sentences, without secrets. */
export class HumanError extends Error {
  override readonly name = 'HumanError';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** Whether an error is a HumanError. By name, because each bundle has a class of its own. */
export function isHumanError(error: unknown): error is HumanError {
  return error instanceof Error && error.name === 'HumanError';
}
