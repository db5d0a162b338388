import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { localUrl, urlOf } from '../../../src/platform/endpoints';

describe('the URL of a receiver', () => {
  it('is loopback’s for programs on this machine when it listens at every address', () => {
    assert.equal(localUrl('127.0.0.1', 4318), 'http://127.0.0.1:4318');
    assert.equal(localUrl('0.0.0.0', 4318), 'http://127.0.0.1:4318');
    assert.equal(localUrl('::', 4318), 'http://127.0.0.1:4318');
  });

  it('is its address’s when it listens at one', () => {
    assert.equal(localUrl('172.17.0.1', 5000), 'http://172.17.0.1:5000');
    assert.equal(localUrl('::1', 5000), 'http://[::1]:5000');
    assert.equal(urlOf('host.docker.internal', 5000), 'http://host.docker.internal:5000');
  });
});
