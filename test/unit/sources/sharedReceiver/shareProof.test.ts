import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  isNonce,
  isShareProof,
  newNonce,
  type ShareExchange,
  shareProof,
} from '../../../../src/sources/sharedReceiver/shareProof';

const secret = Buffer.alloc(32, 7);
const exchange: ShareExchange = { port: 4318, followerNonce: newNonce(), holderNonce: newNonce() };

describe('a proof of sharing', () => {
  it('is taken from who knows the secret', () => {
    assert.ok(isShareProof(shareProof(secret, 'holder', exchange), secret, 'holder', exchange));
  });

  it('is worth nothing for the other side, another port, another attempt or another secret', () => {
    const given = shareProof(secret, 'holder', exchange);
    assert.ok(!isShareProof(given, secret, 'follower', exchange));
    assert.ok(!isShareProof(given, secret, 'holder', { ...exchange, port: 4319 }));
    assert.ok(!isShareProof(given, secret, 'holder', { ...exchange, holderNonce: newNonce() }));
    assert.ok(!isShareProof(given, secret, 'holder', { ...exchange, followerNonce: newNonce() }));
    assert.ok(!isShareProof(given, Buffer.alloc(32, 8), 'holder', exchange));
  });

  it('is nothing else than a proof', () => {
    for (const given of [
      undefined,
      null,
      7,
      '',
      'x'.repeat(64),
      shareProof(secret, 'holder', exchange).slice(1),
    ])
      assert.ok(!isShareProof(given, secret, 'holder', exchange));
  });

  it('does not hold the secret', () => {
    assert.ok(!shareProof(secret, 'holder', exchange).includes(secret.toString('hex')));
  });
});

describe('a nonce', () => {
  it('is another each time, and known by its form', () => {
    const [first, second] = [newNonce(), newNonce()];
    assert.notEqual(first, second);
    assert.ok(isNonce(first));
    for (const other of [undefined, '', `${first}0`, first.toUpperCase().replace(/[0-9]/g, 'G'), [first]])
      assert.ok(!isNonce(other));
  });
});
