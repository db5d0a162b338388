import { type AcceptedBody, type BodyForm, bodyForms } from '../otlpReceiver/acceptedBody';
import { defaultReceiverLimits } from '../otlpReceiver/receiverLimits';

const headerBytes = 5;

/** What stands in front of a body on the way to another window: its length, big-endian in four bytes, and its form in one. */
export function relayHeader({ form, bytes }: AcceptedBody): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(bytes.length);
  header.writeUInt8(bodyForms.indexOf(form), 4);
  return header;
}

/** Cuts a stream into the bodies that were written to it. */
export class RelayReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #available = 0;
  #header: { readonly form: BodyForm; readonly length: number } | undefined;

  constructor(maxBytes: number = defaultReceiverLimits.maxBodyBytes) {
    this.#maxBytes = maxBytes;
  }

  /** The bodies that are complete with this chunk. Throws when the stream is none of a window's. */
  push(chunk: Buffer): AcceptedBody[] {
    this.#chunks.push(chunk);
    this.#available += chunk.length;
    const bodies: AcceptedBody[] = [];
    for (;;) {
      this.#header ??= this.#available < headerBytes ? undefined : this.#readHeader(this.#take(headerBytes));
      if (!this.#header || this.#available < this.#header.length) return bodies;
      const { form, length } = this.#header;
      this.#header = undefined;
      bodies.push({ form, bytes: this.#take(length) });
    }
  }

  #readHeader(header: Buffer) {
    const length = header.readUInt32BE();
    const form = bodyForms[header.readUInt8(4)];
    if (form === undefined || length > this.#maxBytes) throw new Error('no stream of a Whyspan window');
    return { form, length };
  }

  /** Joins once for each body, however many chunks it came in. */
  #take(bytes: number): Buffer {
    const [first] = this.#chunks;
    const joined = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#available);
    this.#available -= bytes;
    this.#chunks = this.#available === 0 ? [] : [joined.subarray(bytes)];
    return joined.subarray(0, bytes);
  }
}
