// The part of Apache's package that is used: it has no types for the files below its entry, which would load its servers too.
declare module 'thrift/lib/nodejs/lib/thrift/compact_protocol.js' {
  /** What the protocol reads its bytes from. */
  interface ByteSource {
    /** A signed byte. */
    readByte(): number;
    read(length: number): Uint8Array;
    readString(length: number): string;
  }

  class TCompactProtocol {
    constructor(transport: ByteSource);
    readMessageBegin(): { readonly fname: string; readonly mtype: number };
    readStructBegin(): void;
    readStructEnd(): void;
    readFieldBegin(): { readonly ftype: number; readonly fid: number };
    readListBegin(): { readonly etype: number; readonly size: number };
    readBool(): boolean;
    readI32(): number;
    readI64(): { readonly buffer: Buffer; readonly offset: number };
    readDouble(): number;
    readBinary(): Uint8Array;
    readString(): string;
    skip(type: number): void;
  }

  export = TCompactProtocol;
}
