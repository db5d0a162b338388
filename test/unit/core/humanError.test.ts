import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HumanError, isHumanError } from '../../../src/core/humanError';

describe('HumanError', () => {
  it('keeps its kind, its message and its cause', () => {
    const cause = new Error('ECONNREFUSED');
    const error = new HumanError('unreachable', 'Jaeger does not answer.', { cause });
    assert.deepEqual(
      [error.kind, error.message, error.cause],
      ['unreachable', 'Jaeger does not answer.', cause],
    );
  });

  it('is known by its name, also from another bundle, and no other error is', () => {
    const foreign = Object.assign(new Error('from elsewhere'), { name: 'HumanError', kind: 'timeout' });
    assert.ok(isHumanError(new HumanError('timeout', 'Too slow.')));
    assert.ok(isHumanError(foreign));
    assert.ok(!isHumanError(new Error('bug')));
    assert.ok(!isHumanError({ name: 'HumanError' }));
  });
});
