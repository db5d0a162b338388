import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parsePathMappings } from '../../../src/platform/parsePathMappings';
import type { SettingProblem } from '../../../src/platform/settings';

const read = (value: unknown) => {
  const problems: SettingProblem[] = [];
  return { mappings: parsePathMappings(value, problems), problems: problems.map(({ key }) => key) };
};

describe('parsePathMappings', () => {
  it('reads folders of other machines', () => {
    assert.deepEqual(read([{ from: ' /app ', to: 'src' }]), {
      mappings: [{ from: '/app', to: 'src' }],
      problems: [],
    });
    assert.deepEqual(read(undefined), { mappings: [], problems: [] });
  });

  it('names what leads nowhere, and keeps the rest', () => {
    assert.deepEqual(read([{ from: '/app' }, null, { from: '', to: 'x' }, { from: '/a', to: 'b' }]), {
      mappings: [{ from: '/a', to: 'b' }],
      problems: ['whyspan.pathMappings[0]', 'whyspan.pathMappings[1]', 'whyspan.pathMappings[2]'],
    });
    assert.deepEqual(read({ '/app': 'src' }), { mappings: [], problems: ['whyspan.pathMappings'] });
  });
});
