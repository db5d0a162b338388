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
  const wrongLines: readonly (readonly [readonly string[], RegExp])[] = [
    [['--header', 'no colon'], /--header is written “Name: value”/],
    [['--header', 'x-tenant:'], /--header is written/],
    [['--header-env', 'X-Key'], /--header-env is written “Name: VARIABLE”/],
    [
      ['--header', 'Authorization: Bearer abc'],
      /a secret does not belong.*--header-env “Authorization: VARIABLE”/,
    ],
    [['--header', 'X-Api-Key: abc'], /a secret does not belong/],
    [['--header-env', 'X-Key: NOT_SET'], /the variable NOT_SET is not set/],
    [['--latency-unit', 'h'], /--latency-unit is one of ms, s, us/],
    [['--span-name', ' '], /--span-name is empty/],
  ];
  for (const [args, message] of wrongLines) {
    it(`are refused: ${args.join(' ')}`, async () => {
      const { code, err } = await whyspan(['list', '--jaeger', 'http://127.0.0.1:1', ...args]);
      assert.equal(code, 2);
      assert.match(err, message);
      assert.doesNotMatch(err, /abc/, 'a secret is not repeated');
    });
  }

  it('are refused where they mean nothing', async () => {
    for (const args of [
      ['list', 'a', '--ca', 'x.pem'],
      ['list', 'a', '--header', 'a: b'],
      ['show', '12', 'a', '--span-name', 'x'],
      ['import', 'a', '--header', 'a: b'],
    ])
      assert.equal((await whyspan(args)).code, 2, args.join(' '));
  });

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
