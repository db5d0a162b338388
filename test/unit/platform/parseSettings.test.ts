import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { defaultAlertRule } from '../../../src/core/alerts/alertRule';
import { defaultInferenceDefinition } from '../../../src/core/trace/inference';
import { parseSettings } from '../../../src/platform/parseSettings';
import { problemsOf, settingsOf } from './settingsOf';

const defaults = settingsOf();

/** Values that cannot be used, by setting, each with what is said of it. */
const invalid: Readonly<Record<string, readonly (readonly [unknown, RegExp])[]>> = {
  connections: [
    [{}, /is not a list/],
    ['http://h', /is not a list/],
  ],
  connection: [[5, /is not text/]],
  services: [['svc', /is not a list/]],
  'inference.spanName': [
    [1, /is not text/],
    ['', /is empty/],
    ['  ', /is empty/],
  ],
  'inference.latencyAttribute': [
    [[], /is not text/],
    ['', /is empty/],
  ],
  'inference.predictionAttribute': [
    [{}, /is not text/],
    ['', /is empty/],
  ],
  'inference.latencyUnit': [
    ['ns', /is not one of ms, s, us/],
    [1, /is not one of/],
  ],
  classify: [
    [{}, /is not a list/],
    [[{ match: {}, as: 'model' }], /“match” needs/],
    [[{ match: { name: 'a' } }], /“as” is not/],
  ],
  pathMappings: [['/app', /is not a list/]],
  'poll.intervalSeconds': [
    [0, /from 1 to 3600/],
    ['15', /is not a number/],
    [Number.NaN, /is not a number/],
  ],
  'poll.lookbackMinutes': [
    [-1, /from 1 to 2880/],
    [1e9, /from 1 to 2880/],
  ],
  'poll.limit': [
    [0, /from 1 to 10000/],
    [Number.POSITIVE_INFINITY, /is not a number/],
  ],
  'poll.requestBudget': [
    [0, /from 1 to 1000/],
    ['many', /from 1 to 1000/],
  ],
  'poll.timeoutSeconds': [[0.5, /from 1 to 300/]],
  'store.maxAgeMinutes': [[4, /from 5 to 10080/]],
  'store.maxMegabytes': [
    [7, /from 8 to 2048/],
    [true, /is not a number/],
  ],
  'receiver.port': [
    [0, /from 1 to 65535/],
    [65_536, /from 1 to 65535/],
    ['4318', /is not a number/],
  ],
  'receiver.bindAddress': [
    [0, /is not text/],
    ['localhost', /is no IP address/],
    ['', /is no IP address/],
    ['fe80::1%eth0', /is no IP address/],
    ['127.0.0.1:4318', /is no IP address/],
  ],
  'receiver.sharing': [[true, /is not one of ask, share, separate/]],
  'keep.traces': [['yes', /is neither true nor false/]],
  'keep.summaries': [[0, /is neither true nor false/]],
  'keep.hours': [
    [0, /from 1 to 336/],
    ['24', /is not a number/],
  ],
  'keep.megabytes': [[7, /from 8 to 4096/]],
  'keep.neverWrittenAttributes': [['user.*', /is not a list/]],
  'runs.instrument': [['yes', /is neither true nor false/]],
  'runs.serviceName': [[1, /is not text/]],
  'annotations.enabled': [['yes', /is neither true nor false/]],
  'annotations.lensFormat': [
    [5, /is not text/],
    ['{runs} · {quantile}', /has unknown fields: \{quantile\}/],
  ],
  'annotations.minimumShare': [
    [101, /from 0 to 100/],
    ['5', /is not a number/],
  ],
  'annotations.diagnostics': [[0, /is neither true nor false/]],
  'alerts.rules': [[{ name: 'x' }, /is not a list/]],
  'alerts.graceSeconds': [[601, /from 0 to 600/]],
  'alerts.notificationsPerHour': [[-1, /from 0 to 1000/]],
  'alert.enabled': [[1, /is neither true nor false/]],
  'alert.name': [[{}, /is not text/]],
  'alert.attribute': [[1, /is not text/]],
  'metrics.source': [['grafana', /is not one of traces, jaeger-spm, prometheus/]],
  'metrics.url': [
    [9090, /it has no url, such as http:\/\/localhost:9090/],
    ['localhost', /is no URL/],
    ['ftp://p', /only http: and https:/],
    ['http://me:secret@p', /contains a user or password/],
  ],
  'metrics.connection': [
    ['bearer', /is no object/],
    [[], /is no object/],
  ],
  'metrics.query': [[5, /is not text/]],
  'metrics.unit': [['m', /is not one of ms, s, us, none/]],
  'metrics.quantile': [
    [95, /is not a number from 0.01 to 0.999/],
    ['0.5', /is not a number/],
  ],
  backend: [['remote', /is not one of auto, jaeger, embedded, both/]],
  'alert.reducer': [
    ['mean', /is not one of avg/],
    ['toString', /is not one of/],
  ],
  'alert.threshold': [
    ['300', /is not a number/],
    [1e13, /is not a number/],
  ],
  'alert.window': [
    ['5', /is not a duration/],
    ['0s', /is not a duration/],
    [5, /is not a duration/],
    ['1000h', /is longer than/],
  ],
  'alert.frequency': [
    ['often', /is not a duration/],
    ['600h', /is longer than 24h/],
  ],
};

describe('parseSettings', () => {
  it('has the article’s defaults', () => {
    assert.deepEqual(defaults.inference, defaultInferenceDefinition);
    assert.deepEqual(defaults.alert, defaultAlertRule);
    assert.deepEqual([defaults.connections, defaults.connectionName, defaults.services], [[], '', []]);
    assert.deepEqual(defaults.poll, {
      intervalMs: 15_000,
      lookbackUs: 3_600_000_000,
      limit: 200,
      requestBudget: 24,
      timeoutMs: 20_000,
    });
    assert.deepEqual(defaults.store, { maxAgeUs: 10_800_000_000, maxBytes: 128_000_000 });
    const nothingWithheld = { maxAgeMs: 86_400_000, maxBytes: 128_000_000, neverWritten: [] };
    assert.deepEqual(defaults.keep, { keepsTraces: true, keepsSummaries: true, ...nothingWithheld });
    const { isEnabled, minimumShare, hasDiagnostics } = defaults.annotations;
    assert.deepEqual(
      [isEnabled, hasDiagnostics, defaults.isAlertEnabled, minimumShare],
      [true, true, true, 0],
    );
  });

  it('takes a lens’s format as it is written, and names the fields that do not exist', () => {
    const key = 'annotations.lensFormat';
    assert.equal(
      settingsOf({ [key]: '{runs}: {latency.p99}' }).annotations.lensFormat,
      '{runs}: {latency.p99}',
    );
    assert.equal(
      settingsOf({ [key]: '{runs} {p42}' }).annotations.lensFormat,
      defaults.annotations.lensFormat,
    );
    assert.deepEqual(problemsOf({ [key]: '{runs} {p42} {}' }), [
      { key: `whyspan.${key}`, message: 'has unknown fields: {p42}, {}' },
    ]);
  });

  for (const [key, values] of Object.entries(invalid)) {
    it(`replaces a ${key} that cannot be used by its default, and names it`, () => {
      for (const [value, message] of values) {
        assert.deepEqual(settingsOf({ [key]: value }), defaults, String(value));
        const [problem, ...rest] = problemsOf({ [key]: value });
        assert.deepEqual([problem?.key, rest], [`whyspan.${key}`, []]);
        assert.match(problem?.message ?? '', message);
      }
    });
  }

  it('tries each of the settings that there are', () => {
    const keys = new Set<string>();
    parseSettings((key) => void keys.add(key));
    assert.deepEqual(Object.keys(invalid).sort(), [...keys].sort());
  });

  it('takes null, which VS Code gives for a setting without a value, for nothing', () => {
    const { settings, problems } = parseSettings(() => null);
    assert.deepEqual([settings, problems], [defaults, []]);
  });

  it('reads what can be used', () => {
    const settings = settingsOf({
      connection: ' staging ',
      services: ['a', 'b'],
      'inference.latencyUnit': 's',
      'poll.limit': 3.6,
      'alert.window': '1h30m',
      'alert.threshold': -1,
    });
    assert.deepEqual([settings.connectionName, settings.services], ['staging', ['a', 'b']]);
    assert.deepEqual([settings.inference.latencyUnit, settings.poll.limit], ['s', 4]);
    assert.deepEqual([settings.alert.windowUs, settings.alert.threshold], [5_400_000_000, -1]);
  });

  it('reads the Prometheus in the words of a connection, and its base path of a page’s address', () => {
    const written = {
      'metrics.url': 'https://m.example/prom/graph?g0.expr=up',
      'metrics.connection': { auth: 'basic', username: 'me', headers: { 'X-Scope-OrgID': 'acme' } },
    };
    const { connection } = settingsOf(written).metrics;
    assert.equal(connection?.url, 'https://m.example/prom');
    assert.deepEqual(connection?.auth, { type: 'basic', username: 'me' });
    assert.deepEqual(connection?.headers, { 'X-Scope-OrgID': 'acme' });
    for (const page of ['/query', '/alerts', '/api/v1', '/api/v1/query_range', '/'])
      assert.equal(
        settingsOf({ 'metrics.url': `http://p:9090${page}` }).metrics.connection?.url,
        'http://p:9090',
      );
    const proxied = 'http://k:8001/api/v1/namespaces/monitoring/services/prom:9090/proxy';
    assert.equal(settingsOf({ 'metrics.url': proxied }).metrics.connection?.url, proxied);
    const [problem] = problemsOf({ ...written, 'metrics.connection': { auth: 'kerberos' } });
    assert.deepEqual(problem, {
      key: 'whyspan.metrics.connection',
      message: '“Prometheus” has an unknown auth; use none, bearer, basic or command',
    });
  });

  it('watches the latency unless another attribute is named', () => {
    const latency = { 'inference.latencyAttribute': 'my_ms' };
    assert.equal(settingsOf(latency).alert.attribute, 'my_ms');
    assert.equal(settingsOf({ ...latency, 'alert.attribute': 'queue_ms' }).alert.attribute, 'queue_ms');
    assert.equal(settingsOf({ 'alert.name': ' ' }).alert.name, defaultAlertRule.name);
  });

  it('evaluates at most once a second', () => {
    assert.equal(settingsOf({ 'alert.frequency': '10ms' }).alert.frequencyUs, 1_000_000);
  });

  it('keeps what is usable of a list, and names that something is not', () => {
    const written = { services: ['a', 5, '', null, 'b'] };
    assert.deepEqual(settingsOf(written).services, ['a', 'b']);
    assert.deepEqual(problemsOf(written), [
      { key: 'whyspan.services', message: 'holds something else than text' },
    ]);
  });

  it('never throws, and never gives a number that timers and stores cannot bear', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(invalid)), fc.anything()), (written) => {
        const { poll, store, alert } = settingsOf(written);
        const numbers = [
          poll.intervalMs,
          poll.lookbackUs,
          poll.limit,
          poll.timeoutMs,
          store.maxAgeUs,
          store.maxBytes,
        ];
        for (const number of [...numbers, alert.windowUs, alert.frequencyUs])
          assert.ok(number > 0 && number < 2 ** 53);
        assert.ok(Math.max(poll.intervalMs * 4, poll.timeoutMs * 6, alert.frequencyUs / 1000) < 2 ** 31);
      }),
    );
  }).timeout(20_000);
});
