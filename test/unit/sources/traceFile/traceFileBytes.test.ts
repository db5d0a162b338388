import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { traceFileBytes } from '../../../../src/sources/traceFile/traceFileBytes';
import { traceId, traceOf } from '../../core/spanOf';
import { decodedFile } from '../../core/traceFile/decoded';

describe('traceFileBytes', () => {
  it('are those of a file in either format, gzip’d or not', async () => {
    for (const format of ['jaeger', 'otlp'] as const) {
      const plain = await traceFileBytes([traceOf([{}], 7)], { format, isGzip: false });
      const zipped = await traceFileBytes([traceOf([{}], 7)], { format, isGzip: true });
      assert.deepEqual(new Uint8Array(gunzipSync(zipped)), new Uint8Array(plain));
      const { format: read, traces } = decodedFile(plain);
      assert.deepEqual([read, traces[0]?.traceId], [format, traceId(7)]);
    }
  });
});
