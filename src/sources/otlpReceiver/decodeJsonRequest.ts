import type { DecodeResult } from '../../core/decode/decodeProblem';
import { asArray, asObject, type JsonObject, own } from '../../core/decode/jsonValue';
import { decodeOtlpResourceSpans } from '../../core/otlp/decodeOtlpJson';
import type { BodyLimits } from '../decoder/receivedDecoder';
import { Refusal } from './refusal';
import { shortenTexts } from './shortenTexts';
import { tooManyParts } from './tooLarge';

/** Decodes a body in OTLP's JSON. Refuses what is no such message as a whole, and what is beyond the limits. */
export function decodeJsonRequest(body: Uint8Array, limits: BodyLimits): DecodeResult {
  if (countTokens(body) > limits.maxJsonTokens) throw tooManyParts(limits.maxSpans);
  const request = asObject(parse(body));
  if (!request) throw new Refusal('malformed', 'The body is no JSON object.');
  const resourceSpans = asArray(own(request, 'resourceSpans'));
  if (countSpans(resourceSpans) > limits.maxSpans) throw tooManyParts(limits.maxSpans);
  return shortenTexts(decodeOtlpResourceSpans(resourceSpans), limits.maxTextLength);
}

function parse(body: Uint8Array): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(body));
    return json;
  } catch {
    throw new Refusal('malformed', 'The body is no JSON.');
  }
}

/** At least as many as JSON.parse would make values: those within strings are counted too. */
function countTokens(body: Uint8Array): number {
  let tokens = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) tokens++;
  }
  return tokens;
}

function countSpans(resourceSpans: readonly unknown[]): number {
  let spans = 0;
  for (const element of resourceSpans) {
    const object: JsonObject = asObject(element) ?? {};
    for (const scope of asArray(own(object, 'scopeSpans')))
      spans += asArray(own(asObject(scope) ?? {}, 'spans')).length;
  }
  return spans;
}
