import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { withoutLinks } from '../../../src/platform/withoutLinks';

/** How VS Code finds links in a notification (vs/base/common/linkedText.ts). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('withoutLinks', () => {
  it('leaves other text as it is', () => {
    assert.equal(withoutLinks('a [b] (c) d(e)[f]'), 'a [b] (c) d(e)[f]');
  });

  it('leaves nothing that can be clicked', () => {
    assert.match('[x](command:workbench.action.quit)', link);
    const part = fc.constantFrom('[', ']', '(', ')', 'command:', 'https://', 'a', ' ', '"');
    fc.assert(
      fc.property(fc.array(part), (parts) => assert.doesNotMatch(withoutLinks(parts.join('')), link)),
    );
    assert.equal(withoutLinks('[x](command:a)'), '[x] (command:a)');
  });
});
