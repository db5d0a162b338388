import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chooseConnection, localConnection } from '../../../src/platform/chosenConnection';
import { settingsOf } from './settingsOf';

const connections = [
  { name: 'a', url: 'http://a' },
  { name: 'b', url: 'http://b' },
];
const chosen = (written: Readonly<Record<string, unknown>>) => {
  const { connection, isConfigured } = chooseConnection(settingsOf(written));
  return [connection.name, isConfigured];
};

describe('chooseConnection', () => {
  it('takes the named one, else the first', () => {
    assert.deepEqual(chosen({ connections, connection: 'b' }), ['b', true]);
    assert.deepEqual(chosen({ connections }), ['a', true]);
    assert.deepEqual(chosen({ connections, connection: 'gone' }), ['a', true]);
  });

  it('takes a Jaeger on this machine when none is configured, and says that nobody asked for it', () => {
    assert.deepEqual(chooseConnection(settingsOf()), { connection: localConnection, isConfigured: false });
    assert.deepEqual(chosen({ connection: 'gone' }), ['local', false]);
  });
});
