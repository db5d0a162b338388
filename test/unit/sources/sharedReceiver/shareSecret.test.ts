import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readShareSecret } from '../../../../src/sources/sharedReceiver/shareSecret';

describe('the secret of sharing', () => {
  let scratch: string;
  let folder: string;
  const fileOf = () => join(folder, 'sharing.key');

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'whyspan-secret-'));
    folder = join(scratch, 'not', 'there', 'yet');
  });

  afterEach(() => rm(scratch, { recursive: true }));

  it('is made once, for its owner only, and is the same for all windows', async () => {
    const secret = await readShareSecret(folder);
    assert.equal(secret.length, 32);
    assert.deepEqual(await readShareSecret(folder), secret);
    if (process.platform !== 'win32') assert.equal((await stat(fileOf())).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ['sharing.key']);
  });

  it('is another one in another folder', async () => {
    assert.notDeepEqual(await readShareSecret(folder), await readShareSecret(join(scratch, 'other')));
  });

  it('is made anew when its file was cut', async () => {
    const secret = await readShareSecret(folder);
    await writeFile(fileOf(), secret.subarray(0, 31));
    const next = await readShareSecret(folder);
    assert.deepEqual([next.length, next.equals(secret)], [32, false]);
  });

  it('is made anew when others could have read it', async function () {
    if (process.platform === 'win32') this.skip();
    const secret = await readShareSecret(folder);
    await chmod(fileOf(), 0o644);
    assert.notDeepEqual(await readShareSecret(folder), secret);
    assert.equal((await stat(fileOf())).mode & 0o777, 0o600);
  });

  it('ends as one when many windows make it at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => readShareSecret(folder)));
    assert.deepEqual(await readdir(folder), ['sharing.key']);
    assert.deepEqual(await readShareSecret(folder), await readShareSecret(folder));
  });

  it('says why it cannot be kept', async () => {
    await writeFile(join(scratch, 'file'), '');
    await assert.rejects(readShareSecret(join(scratch, 'file')), /ENOTDIR/);
  });
});
