import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  absenceIn,
  type Configuration,
  envFilesIn,
  variablesIn,
  withVariables,
} from '../../../../src/features/runs/debugEnvironment';

const launch = (type: string, more: object = {}): Configuration => ({ type, request: 'launch', ...more });

describe('the environment of a debug configuration', () => {
  for (const type of [
    'debugpy',
    'python',
    'node',
    'pwa-node',
    'node-terminal',
    'go',
    'java',
    'lldb',
    'coreclr',
  ]) {
    it(`of ${type} is an object`, () => {
      const configuration = launch(type, { env: { A: 1, B: null } });
      assert.deepEqual(variablesIn(configuration), { A: '1', B: '' });
      assert.deepEqual(withVariables(configuration, { C: 'c' }), {
        ...configuration,
        env: { A: 1, B: null, C: 'c' },
      });
      assert.deepEqual([variablesIn(launch(type)), variablesIn(launch(type, { env: null }))], [{}, {}]);
    });
  }

  it('of cppdbg is a list', () => {
    const configuration = launch('cppdbg', { environment: [{ name: 'A', value: 'a' }, 'broken'] });
    assert.deepEqual(variablesIn(configuration), { A: 'a' });
    assert.deepEqual(withVariables(configuration, { B: 'b' }).environment, [
      { name: 'A', value: 'a' },
      'broken',
      { name: 'B', value: 'b' },
    ]);
    assert.deepEqual(withVariables(launch('cppvsdbg'), { B: 'b' }), {
      ...launch('cppvsdbg'),
      environment: [{ name: 'B', value: 'b' }],
    });
  });

  it('is left alone where nothing is started, or nobody knows how', () => {
    assert.equal(variablesIn({ ...launch('debugpy'), request: 'attach' }), undefined);
    assert.equal(variablesIn(launch('somebodys-debugger')), undefined);
    assert.equal(variablesIn(launch('constructor')), undefined);
    assert.equal(variablesIn(launch('lldb-dap', { env: ['A=a'] })), undefined);
    assert.equal(variablesIn(launch('cppdbg', { environment: 'A=a' })), undefined);
  });

  it('takes away what is inherited, where the debugger knows how', () => {
    assert.deepEqual(withVariables(launch('debugpy'), { A: null }).env, { A: null });
    assert.deepEqual(
      ['debugpy', 'node', 'java', 'cppdbg', undefined].map((type) => absenceIn({ type })),
      [null, '', undefined, undefined, undefined],
    );
  });

  it('names its files', () => {
    assert.deepEqual(envFilesIn(launch('go', { envFile: ['/a/.env', 5, ''] })), ['/a/.env']);
    assert.deepEqual(envFilesIn(launch('debugpy', { envFile: '/a/.env' })), ['/a/.env']);
    assert.deepEqual(envFilesIn(launch('debugpy')), []);
  });

  it('can be read whatever is written', () => {
    const types = fc.constantFrom('node', 'cppdbg', 'other');
    fc.assert(
      fc.property(types, fc.anything(), fc.anything(), (type, env, environment) => {
        const configuration = launch(type, { env, environment });
        if (variablesIn(configuration) === undefined) return;
        assert.equal(variablesIn(withVariables(configuration, { NEW: 'new' }))?.NEW, 'new');
      }),
    );
  });
});
