import { formatNumber } from '../core/duration';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
type Translate = (message: string, ...args: string[]) => string;

/** A storage latency; one that no attribute says, but storage spans, says so: “12 ms (derived)”. */
export function latencyText(latencyMs: number, isDerived: boolean, t: Translate): string {
  const number = formatNumber(latencyMs);
  return isDerived ? t('{0} ms (derived)', number) : t('{0} ms', number);
}

/** What “derived” means. */
export function derivedText(t: Translate): string {
  return t(
    'Derived: how long the trace waited for spans of storage. The inference has no latency attribute.',
  );
}
