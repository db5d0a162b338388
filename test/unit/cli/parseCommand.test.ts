import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { whyspan } from './fakeIo';

describe('the arguments of whyspan', () => {
  const wrong: Readonly<Record<string, RegExp>> = {
    '': /say what to do/,
    'fly x.json': /no command “fly”/,
    'constructor x.json': /no command “constructor”/,
    list: /name a file, or a Jaeger/,
    'list a b': /one file at a time/,
    'list a --jaeger http://x': /not both/,
    'list a --service x': /for a Jaeger/,
    'list a --output b': /list has no option --output/,
    'import a --limit 3': /import has no option --limit/,
    'list a --wings': /Unknown option '--wings'/,
    'list a --limit 0': /--limit is a whole number/,
    'list --jaeger http://x --lookback soon': /--lookback is a time/,
    'export a --format xml': /--format is jaeger or otlp/,
    'show x.json': /show needs a trace id/,
    'show 12': /name a file, or a Jaeger/,
  };
  for (const [args, message] of Object.entries(wrong)) {
    it(`are refused: ${args || '(none)'}`, async () => {
      const { code, out, err } = await whyspan(args.split(' ').filter(Boolean));
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, message);
      assert.match(err, /^whyspan: .*\(whyspan --help\)\n$/);
    });
  }

  it('ask for help and for the version', async () => {
    for (const args of [['--help'], ['list', '-h'], ['help']]) {
      const { code, out } = await whyspan(args);
      assert.equal(code, 0);
      assert.match(out, /^Reads, shows and converts/);
      assert.ok(out.split('\n').every((line) => line.length <= 120));
    }
    assert.match((await whyspan(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  });
});
