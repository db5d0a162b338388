import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type FailureKind, HumanError } from '../../../../src/core/humanError';
import type { Trace } from '../../../../src/core/trace/trace';
import { type DiagnosisSources, diagnose } from '../../../../src/features/diagnose/diagnosis';
import { localConnection } from '../../../../src/platform/chosenConnection';
import type { Connection } from '../../../../src/sources/connection';
import { type SpanDraft, traceOf } from '../../core/spanOf';
import { settingsOf } from '../../platform/settingsOf';
import { english as t } from '../explorer/english';
import { assertShortLine, hostileTexts } from '../explorer/hostile';

const inference: SpanDraft = {
  name: 'ai_inference_pipeline',
  attributes: { storage_latency_ms: 45, model_prediction: 'cat' },
};
const answerOf = (traces: readonly Trace[]) =>
  ({
    traces,
    blocks: [],
    problems: [],
    count: traces.length,
    isSample: false,
    isPartial: false,
    api: 'api',
  }) as const;

/** A world in which all is well, but for what a test changes. */
interface World extends Partial<DiagnosisSources> {
  readonly spans?: readonly SpanDraft[];
  readonly connection?: Partial<Connection>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

function run({ spans = [inference], connection, settings, ...sources }: World = {}) {
  const answers: DiagnosisSources = {
    services: () => Promise.resolve(['svc']),
    search: () => Promise.resolve(answerOf(spans.map((span, index) => traceOf([span], index + 1)))),
    places: () => Promise.resolve([{ file: 'inference.py', line: 53 }]),
    ...sources,
  };
  return diagnose({ ...localConnection, ...connection }, settingsOf(settings), answers, t);
}

/** Name, outcome, detail and remedy of the last step, which is the only one that may have failed. */
async function lastOf(world: World) {
  const steps = await run(world);
  assert.ok(steps.slice(0, -1).every(({ isPassed }) => isPassed));
  const last = steps.at(-1) ?? assert.fail('no steps');
  return [last.name, last.isPassed ? 'passed' : 'failed', last.detail, last.remedy];
}

const fail = (kind: FailureKind, message: string) => () => Promise.reject(new HumanError(kind, message));

describe('diagnose', () => {
  it('passes every step when all is well', async () => {
    const steps = await run();
    assert.deepEqual(
      steps.map(({ name, detail }) => `${name}: ${detail}`),
      [
        'URL: http://localhost:16686 answers.',
        'Authentication: None is needed.',
        'Services: 1: svc',
        'Span: Recent inferences: 1.',
        'Attributes: storage_latency_ms and model_prediction are there.',
        'File: inference.py',
        'Line: inference.py, line 53',
      ],
    );
    assert.ok(steps.every(({ isPassed, remedy }) => isPassed && remedy === undefined));
  });

  it('ends at the URL when nothing answers', async () => {
    const services = fail('unreachable', 'http://h refuses the connection.');
    assert.deepEqual(await lastOf({ services }), [
      'URL',
      'failed',
      'http://h refuses the connection.',
      'connect',
    ]);
  });

  it('ends at the authentication when it is refused', async () => {
    const services = fail('unauthorized', 'http://h wants a token.');
    const refused = ['Authentication', 'failed', 'http://h wants a token.'];
    assert.deepEqual(await lastOf({ services }), [...refused, 'connect']);
    assert.deepEqual(await lastOf({ services, connection: { auth: { type: 'bearer' } } }), [
      ...refused,
      'set secret',
    ]);
  });

  it('ends at the services when there are none, or not those that are watched', async () => {
    const none = 'Jaeger knows no service yet. Does the program export its spans to this Jaeger?';
    assert.deepEqual(await lastOf({ services: () => Promise.resolve([]) }), [
      'Services',
      'failed',
      none,
      undefined,
    ]);
    assert.deepEqual(await lastOf({ settings: { services: ['visoin'] } }), [
      'Services',
      'failed',
      'whyspan.services names visoin, which Jaeger does not know. It knows svc.',
      'choose services',
    ]);
  });

  it('goes on when one of the watched services is known', async () => {
    assert.equal((await run({ settings: { services: ['svc', 'other'] } })).length, 7);
  });

  it('ends at the span when the search fails, with what the search said', async () => {
    const search = fail('timeout', 'http://h said nothing for 20 s.');
    assert.deepEqual(await lastOf({ search }), [
      'Span',
      'failed',
      'http://h said nothing for 20 s.',
      undefined,
    ]);
  });

  it('ends at the span when no trace has it', async () => {
    assert.deepEqual(await lastOf({ spans: [] }), [
      'Span',
      'failed',
      'There are no traces in the time that is looked back on.',
      'choose services',
    ]);
    assert.deepEqual(await lastOf({ spans: [{ name: 'predict' }, { name: 'GET /' }, { name: 'predict' }] }), [
      'Span',
      'failed',
      'No span is named “ai_inference_pipeline”, and none has both attributes. There are spans named predict, GET /.',
      'span settings',
    ]);
  });

  it('looks for any span when none has the name: another may have both attributes', async () => {
    const asked: (string | undefined)[] = [];
    const search = (_: string, operation: string | undefined) => {
      asked.push(operation);
      return Promise.resolve(answerOf(operation ? [] : [traceOf([{ ...inference, name: 'predict' }])]));
    };
    assert.equal((await run({ search })).length, 7);
    assert.deepEqual(asked, ['ai_inference_pipeline', undefined]);
  });

  it('says which attributes are missing, and still looks for the line', async () => {
    const detailOf = async (attributes: Readonly<Record<string, string | number>>) => {
      const steps = await run({ spans: [{ ...inference, attributes }] });
      assert.deepEqual(
        steps.map(({ isPassed }) => isPassed),
        [true, true, true, true, false, true, true],
      );
      assert.equal(steps[4]?.remedy, 'attribute settings');
      return steps[4]?.detail;
    };
    assert.equal(
      await detailOf({ latency: 1 }),
      'The inferences have no storage_latency_ms, model_prediction. They have latency.',
    );
    assert.equal(
      await detailOf({ storage_latency_ms: 'fast', model_prediction: 'cat' }),
      'storage_latency_ms is there, and is no number. They have storage_latency_ms, model_prediction.',
    );
    assert.equal(
      await detailOf({ storage_latency_ms: 'fast' }),
      'storage_latency_ms is there, and is no number. The inferences have no model_prediction. They have storage_latency_ms.',
    );
    assert.equal(
      await detailOf({}),
      'The inferences have no storage_latency_ms, model_prediction. They have no attributes.',
    );
  });

  it('does not blame a latency that others can be read of', async () => {
    const spans = [1, 'fast'].map((latency) => ({
      ...inference,
      attributes: { storage_latency_ms: latency },
    }));
    const steps = await run({ spans });
    assert.equal(steps[4]?.detail, 'The inferences have no model_prediction. They have storage_latency_ms.');
  });

  it('ends at the file when no file of the workspace opens the span', async () => {
    assert.deepEqual(await lastOf({ places: () => Promise.resolve([]) }), [
      'File',
      'failed',
      'No file of this workspace opens a span named “ai_inference_pipeline”. Open the folder with the code of the service.',
      'open folder',
    ]);
  });

  it('looks for the newest inference, and says that there are several places', async () => {
    const asked: number[] = [];
    const places = ({ startTimeUs }: { readonly startTimeUs: number }) => {
      asked.push(startTimeUs);
      return Promise.resolve([
        { file: 'a.py', line: 1 },
        { file: 'a.py', line: 9 },
      ]);
    };
    const spans = [5, 7, 6].map((startTimeUs) => ({ ...inference, startTimeUs }));
    const steps = await run({ spans, places });
    assert.deepEqual(
      steps.slice(-2).map(({ detail }) => detail),
      ['a.py', '2 places open this span; “Go to Code” asks which.'],
    );
    assert.deepEqual(asked, [7]);
  });

  it('asks no more than twenty services', async () => {
    const services = Array.from({ length: 100 }, (_, index) => `s${index}`);
    const asked = new Set<string>();
    const search = (service: string) => {
      asked.add(service);
      return Promise.resolve(answerOf([]));
    };
    const steps = await run({ services: () => Promise.resolve(services), search });
    assert.equal(asked.size, 20);
    assert.equal(steps[2]?.detail, '100: s0, s1, s2, s3, s4, s5 … (100)');
  });

  it('hides no bug and no cancellation behind a step', async () => {
    const bug = () => Promise.reject(new Error('bug'));
    for (const world of [{ services: bug }, { search: bug }, { places: bug }])
      await assert.rejects(run(world), /bug/);
  });

  it('has short details whatever services, spans and attributes are called', async () => {
    for (const text of hostileTexts) {
      const services = () => Promise.resolve([text, text]);
      const named = { ...inference, name: text };
      const worlds: World[] = [
        { services, spans: [{ name: text }] },
        { services, spans: [{ name: 'ai_inference_pipeline', attributes: { [text]: 1 } }] },
        { spans: [named], places: () => Promise.resolve([]) },
      ];
      for (const world of worlds) for (const { detail } of await run(world)) assertShortLine(detail, 500);
    }
  });
});
