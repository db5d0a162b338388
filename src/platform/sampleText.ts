import { roundedEstimate, type SampleSize } from '../core/sampling/sampleSize';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
type Translate = (message: string, ...args: string[]) => string;

/** How many of how many: “1,200 of about 48,000”. */
export function sampleText(sample: SampleSize, t: Translate): string {
  const known = countText(sample.known);
  const estimated = countText(roundedEstimate(sample));
  return sample.isAtLeast
    ? t('{0} of at least {1}', known, estimated)
    : t('{0} of about {1}', known, estimated);
}

/** The same, and how far the estimate may be off: “1,200 of about 48,000 (± 4 %)”. */
export function sampleWithErrorText(sample: SampleSize, t: Translate): string {
  const percent = String(Math.max(1, Math.round(sample.relativeError * 100)));
  return `${sampleText(sample, t)} (± ${percent} %)`;
}

/** A number with its digits in groups, as the language of VS Code writes it. */
export function countText(count: number): string {
  return Math.round(count).toLocaleString();
}
