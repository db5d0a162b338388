import { type FailureKind, type HumanError, isHumanError } from '../core/humanError';

const serverWide: ReadonlySet<FailureKind> = new Set([
  'unreachable',
  'unauthorized',
  'certificate',
  'not-jaeger',
  'redirected',
  'configuration',
]);

/**
 * Whether a failure concerns one service alone, so that the others can still be asked. A timeout does: one service
 * may be large. What is no HumanError is a cancellation or a bug, and concerns all.
 */
export function isServiceFailure(error: unknown): error is HumanError {
  return isHumanError(error) && !serverWide.has(error.kind);
}
