import type { DecodeResult } from '../../core/decode/decodeProblem';
import { asArray, asObject, type JsonObject, own } from '../../core/decode/jsonValue';
import { decodeOtlpResourceSpans } from '../../core/otlp/decodeOtlpJson';
import { decodeOtlpProtobuf } from '../../core/otlp/decodeOtlpProtobuf';
import { otlpProblem } from '../../core/otlp/spanGathering';
import type { BodyLimits } from '../decoder/receivedDecoder';
import type { OtlpEncoding } from './exportAnswer';
import { Refusal } from './refusal';
import { shortenTexts } from './shortenTexts';

/** Decodes a body, after decompression. Refuses what is no such message as a whole, and what is beyond the limits. */
export function decodeRequest(body: Uint8Array, encoding: OtlpEncoding, limits: BodyLimits): DecodeResult {
  const result = encoding === 'json' ? decodeJson(body, limits) : decodeOtlpProtobuf(body, limits);
  // As any other receiver has it: half of a broken message is not taken, since its sender has to know.
  if (result.problems.some(({ what }) => what === otlpProblem.broken))
    throw new Refusal('malformed', 'The body is no ExportTraceServiceRequest in protobuf.');
  if (result.problems.some(({ what }) => what === otlpProblem.tooLarge)) throw tooMuch(limits);
  return shortenTexts(result, limits.maxTextLength);
}

function decodeJson(body: Uint8Array, limits: BodyLimits): DecodeResult {
  if (countTokens(body) > limits.maxJsonTokens) throw tooMuch(limits);
  const request = asObject(parse(body));
  if (!request) throw new Refusal('malformed', 'The body is no JSON object.');
  const resourceSpans = asArray(own(request, 'resourceSpans'));
  if (countSpans(resourceSpans) > limits.maxSpans) throw tooMuch(limits);
  return decodeOtlpResourceSpans(resourceSpans);
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

function tooMuch({ maxSpans }: BodyLimits): Refusal {
  return new Refusal(
    'too-large',
    `The body has more than ${maxSpans} spans, or too many parts: send fewer spans at once.`,
  );
}
