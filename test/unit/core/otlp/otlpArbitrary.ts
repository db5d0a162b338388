import fc from 'fast-check';
import type { Json } from './otlpEncoder';

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((id) => Buffer.from(id).toString('hex'))
    .filter((id) => !/^0+$/.test(id));

const nanos = fc.bigInt({ min: 1000n, max: (1n << 64n) - 1n }).map(String);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', minLength: 10, maxLength: 80 }));
const double = fc.double().map((value) => ({
  doubleValue: Number.isFinite(value) ? (value === 0 ? 0 : value) : String(value),
}));

const plain: fc.Arbitrary<Json> = fc.oneof(
  text.map((stringValue) => ({ stringValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map((int) => ({ intValue: String(int) })),
  fc.maxSafeInteger().map((int) => ({ intValue: String(int) })),
  double,
  fc.uint8Array({ maxLength: 20 }).map((bytes) => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
  fc.constant({}),
);

const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    plain,
    fc.array(tie('value'), { maxLength: 4 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }, { requiredKeys: [] }), { maxLength: 4 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
}));

const attributes = fc.array(fc.record({ key: text, value: anyValue }, { requiredKeys: ['key'] }), {
  maxLength: 6,
});

/** The elements of `resourceSpans` in OTLP's JSON, with all that the model knows, and much of what is missing in practice. */
export const resourceSpansArbitrary: fc.Arbitrary<Json[]> = fc.array(
  fc.record(
    {
      resource: fc.record({ attributes }),
      scopeSpans: fc.array(
        fc.record({
          scope: fc.record({ name: fc.constantFrom('my.service', 'opentelemetry.instrumentation.redis') }),
          spans: fc.array(
            fc.record(
              {
                traceId: fc.oneof(
                  hex(16),
                  fc.constantFrom(`${'00'.repeat(15)}01`, 'ab'.repeat(16), '00'.repeat(16)),
                ),
                spanId: fc.oneof(hex(8), fc.constantFrom(`${'0'.repeat(15)}1`, 'abcd')),
                parentSpanId: hex(8),
                name: text,
                kind: fc.nat(7),
                startTimeUnixNano: nanos,
                endTimeUnixNano: nanos,
                attributes,
                events: fc.array(
                  fc.record({ name: text, timeUnixNano: nanos, attributes }, { requiredKeys: [] }),
                  { maxLength: 3 },
                ),
                links: fc.array(
                  fc.record({ traceId: hex(16), spanId: hex(8) }, { requiredKeys: ['traceId'] }),
                  {
                    maxLength: 3,
                  },
                ),
                status: fc.record({ code: fc.nat(4), message: text }, { requiredKeys: [] }),
              },
              { requiredKeys: ['traceId', 'spanId', 'startTimeUnixNano'] },
            ),
            { maxLength: 5 },
          ),
        }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['scopeSpans'] },
  ),
  { maxLength: 3 },
);
