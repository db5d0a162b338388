import { Refusal } from './refusal';

/** Why a body is not read to its end. */
export function bodyTooLarge(maxBytes: number): Refusal {
  const size = `${Math.floor(maxBytes / 1024 / 1024)} MB`;
  return new Refusal('too-large', `The body is larger than ${size}: send fewer spans at once.`);
}

/** Why a body is not decoded. */
export function tooManyParts(maxSpans: number): Refusal {
  return new Refusal(
    'too-large',
    `The body has more than ${maxSpans} spans, or too many parts: send fewer spans at once.`,
  );
}
