import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { shellVariables } from '../../../../src/features/runs/shellEnvironment';

describe('what the user gives terminals and tasks', () => {
  it('is in the settings of terminals, and in tasks.json, also for a platform', () => {
    const variables = shellVariables({
      terminalEnv: { A: 'a', UNSET: null },
      taskOptions: { env: { B: 'b' } },
      tasks: [
        { label: 'x', options: { env: { C: 'c' } } },
        { label: 'y', osx: { options: { env: { D: 'd' } } } },
      ],
    });
    assert.deepEqual(variables, { A: 'a', UNSET: '', B: 'b', C: 'c', D: 'd' });
  });

  it('can be read whatever is written', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (terminalEnv, tasks, taskOptions) => {
        for (const value of Object.values(shellVariables({ terminalEnv, tasks, taskOptions })))
          assert.equal(typeof value, 'string');
      }),
    );
  });
});
