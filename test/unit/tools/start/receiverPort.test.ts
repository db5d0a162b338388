import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { claimReceiverPort } from '../../../../tools/start/receiverPort.mjs';

describe('the port of the window that npm start opens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whyspan-claims-'));
  const kept = process.env.WHYSPAN_CACHE;
  before(() => {
    process.env.WHYSPAN_CACHE = folder;
  });
  after(() => {
    if (kept === undefined) delete process.env.WHYSPAN_CACHE;
    else process.env.WHYSPAN_CACHE = kept;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is not given to two that start at once, though nobody listens there yet', async () => {
    const claims = await Promise.all([claimReceiverPort(), claimReceiverPort(), claimReceiverPort()]);
    assert.equal(new Set(claims.map(({ port }) => port)).size, 3);
    for (const { release } of claims) release();
  });

  it('is given again when it was released', async () => {
    const first = await claimReceiverPort();
    first.release();
    const second = await claimReceiverPort();
    second.release();
    assert.equal(second.port, first.port);
  });

  it('is another when a program listens there', async () => {
    const first = await claimReceiverPort();
    first.release();
    const program = createServer();
    await new Promise<void>((resolve) => program.listen(first.port, '127.0.0.1', resolve));
    const second = await claimReceiverPort();
    second.release();
    program.close();
    assert.notEqual(second.port, first.port);
  });
});
