import type { OtlpEncoding } from './exportAnswer';

/** What a body is, as it came over the wire. */
export const bodyForms = ['protobuf', 'protobuf+gzip', 'json', 'json+gzip', 'datagram'] as const;

/** One of them: an OTLP request, or a datagram for a Jaeger agent. */
export type BodyForm = (typeof bodyForms)[number];

/** A body that was taken, undecoded, for another window to decode again. Nobody writes to its bytes. */
export interface AcceptedBody {
  readonly form: BodyForm;
  readonly bytes: Buffer;
}

/** The form of an OTLP request's body. */
export function otlpForm(encoding: OtlpEncoding, isGzip: boolean): BodyForm {
  return isGzip ? `${encoding}+gzip` : encoding;
}
