import type { ReceivedDecoder } from '../../src/sources/decoder/receivedDecoder';
import { decodeDatagrams } from '../../src/sources/jaegerAgent/decodeDatagrams';
import { decodeExport } from '../../src/sources/otlpReceiver/decodeExport';

/** Decodes in this thread what the worker decodes in its own. */
export const inlineReceived: ReceivedDecoder = {
  decodeExport: async (body) => decodeExport(body),
  decodeDatagrams: async (batch) => decodeDatagrams(batch),
};
