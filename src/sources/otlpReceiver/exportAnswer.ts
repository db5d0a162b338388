import { PbfWriter } from 'pbf';
import type { Refusal } from './refusal';

/** The two encodings of OTLP/HTTP. An answer has that of its request. */
export type OtlpEncoding = 'json' | 'protobuf';

/** The media type of an encoding. */
export const mediaTypes: Readonly<Record<OtlpEncoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
};

/** The encoding of a Content-Type, its parameters aside. */
export function encodingOf(contentType: string | undefined): OtlpEncoding | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === mediaTypes.json) return 'json';
  return type === mediaTypes.protobuf ? 'protobuf' : undefined;
}

/**
 * An ExportTraceServiceResponse: empty, or with a partial success that says how many spans were rejected, or that
 * something was mended (0 spans: a warning), as https://opentelemetry.io/docs/specs/otlp/#otlphttp-response has it.
 */
export function exportAnswer(encoding: OtlpEncoding, rejectedSpans: number, message: string): Buffer {
  const isEmpty = rejectedSpans === 0 && message === '';
  if (encoding === 'json') {
    // An int64 is text in protobuf's JSON.
    const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage: message };
    return Buffer.from(JSON.stringify(isEmpty ? {} : { partialSuccess }));
  }
  const writer = new PbfWriter();
  if (!isEmpty) {
    const writePartial = (partial: { rejected: number; message: string }, inner: PbfWriter) => {
      if (partial.rejected > 0) inner.writeVarintField(1, partial.rejected);
      if (partial.message !== '') inner.writeStringField(2, partial.message);
    };
    writer.writeMessage(1, writePartial, { rejected: rejectedSpans, message });
  }
  return Buffer.from(writer.finish());
}

/** A google.rpc.Status. */
export function statusAnswer(encoding: OtlpEncoding, { code, message }: Refusal): Buffer {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  const writer = new PbfWriter();
  writer.writeVarintField(1, code);
  writer.writeStringField(2, message);
  return Buffer.from(writer.finish());
}
