import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { buildSpanTree } from '../../../../src/core/trace/spanTree';
import {
  attributeRow,
  formatAge,
  groupInferences,
  groupings,
  inferenceRow,
  inferenceState,
  matchesFilter,
  noFilter,
  spanRow,
  type TraceFilter,
} from '../../../../src/features/explorer/model';
import { type SpanDraft, traceId, traceOf } from '../../core/spanOf';
import { english as t } from './english';
import { assertShortLine, hostileTexts } from './hostile';
import { type InferenceDraft, inferenceOf } from './inferenceOf';

const second = 1_000_000;
const thresholdMs = 300;

describe('inferenceState', () => {
  const stateOf = (draft: InferenceDraft, threshold: number | undefined = thresholdMs) =>
    inferenceState(inferenceOf(draft), threshold);

  it('compares with the threshold strictly', () => {
    assert.equal(stateOf({ latency: 300 }), 'ok');
    assert.equal(stateOf({ latency: 300.01 }), 'slow');
  });

  it('knows nothing slow without a threshold', () => {
    assert.equal(inferenceState(inferenceOf({ latency: 1e9 }), undefined), 'ok');
  });

  it('puts an error before all else', () => {
    assert.equal(stateOf({ latency: 999, status: 'error' }), 'error');
    assert.equal(stateOf({ status: 'error' }), 'error');
  });

  it('is unknown without a latency that can be read', () => {
    assert.equal(stateOf({}), 'unknown');
    assert.equal(stateOf({ latency: 'fast' }), 'unknown');
  });
});

describe('inferenceRow', () => {
  const now = 100 * second;
  const row = (draft: InferenceDraft) => {
    const inference = inferenceOf({ endUs: now - 12 * second, ...draft });
    return inferenceRow(inference, inferenceState(inference, thresholdMs), now, t);
  };

  it('says latency, prediction and age of one that is fine', () => {
    assert.deepEqual(row({ latency: 45.678, prediction: 'cat' }), {
      label: '45.7 ms → cat',
      description: '12 s ago',
      ariaLabel: 'Storage latency 45.7 ms, prediction cat, 12 s ago',
    });
  });

  it('says in words what is wrong, never by colour alone', () => {
    assert.deepEqual(row({ latency: 812, prediction: 'cat' }), {
      label: '812 ms → cat',
      description: 'slow · 12 s ago',
      ariaLabel: 'Storage latency 812 ms, prediction cat, slow, 12 s ago',
    });
    assert.deepEqual(row({ latency: 5, status: 'error' }), {
      label: '5 ms',
      description: 'error · 12 s ago',
      ariaLabel: 'Storage latency 5 ms, error, 12 s ago',
    });
  });

  it('tells no latency from one that cannot be read', () => {
    assert.deepEqual(row({ prediction: 'dog' }), {
      label: 'no latency → dog',
      description: '12 s ago',
      ariaLabel: 'no latency, prediction dog, 12 s ago',
    });
    assert.deepEqual(row({ latency: 'NaN' }), {
      label: 'no latency',
      description: 'unreadable latency · 12 s ago',
      ariaLabel: 'no latency, unreadable latency, 12 s ago',
    });
  });

  it('leaves a prediction out that nothing is left of', () => {
    assert.equal(row({ latency: 1, prediction: '\n\u202e' }).label, '1 ms');
  });

  it('makes short lines of hostile predictions', () => {
    for (const prediction of hostileTexts) {
      const { label, description, ariaLabel } = row({ latency: 1, prediction });
      for (const text of [label, description, ariaLabel]) assertShortLine(text, 120);
    }
  });
});

describe('spanRow', () => {
  const rowOf = (drafts: readonly SpanDraft[], index = 0) => {
    const node = buildSpanTree(traceOf(drafts))[index];
    return node ? spanRow(node, t) : assert.fail('no node');
  };

  it('says name, duration and service', () => {
    assert.deepEqual(rowOf([{ name: 'read image', durationUs: 12_300 }]), {
      label: 'read image',
      description: '12.3 ms · svc',
      ariaLabel: 'Span read image, 12.3 ms · svc',
    });
  });

  it('leaves the service out where the row above says it', () => {
    const [node] = buildSpanTree(traceOf([{ durationUs: 12_300 }]));
    assert.ok(node);
    assert.equal(spanRow(node, t, 'svc').description, '12.3 ms');
    assert.equal(spanRow(node, t, 'another').description, '12.3 ms · svc');
  });

  it('says the self time of one that has children', () => {
    const { description } = rowOf([
      { id: 1, durationUs: 10_000 },
      { id: 2, parent: 1, startTimeUs: 1000, durationUs: 6000 },
    ]);
    assert.equal(description, '10 ms · self 4 ms · svc');
  });

  it('says what is odd about it', () => {
    assert.equal(rowOf([{ parent: 9, status: 'error' }]).description, '0 µs · error · parent missing · svc');
    assert.equal(rowOf([{ id: 1, parent: 1 }]).description, '0 µs · parents form a circle · svc');
    assert.equal(rowOf([{ name: '' }]).label, '(no name)');
    assert.equal(rowOf([{ name: '\u200b\n' }]).label, '(no name)');
  });

  it('makes short lines of hostile names', () => {
    for (const text of hostileTexts) {
      const row = rowOf([{ name: text, service: text }]);
      for (const line of [row.label, row.description, row.ariaLabel]) assertShortLine(line, 200);
      const attribute = attributeRow(text, text, t);
      for (const line of [attribute.label, attribute.description, attribute.ariaLabel])
        assertShortLine(line, 250);
    }
  });
});

describe('attributeRow', () => {
  it('writes numbers and booleans out', () => {
    assert.deepEqual(attributeRow('a', 0.5, t), { label: 'a', description: '0.5', ariaLabel: 'a: 0.5' });
    assert.equal(attributeRow('a', false, t).description, 'false');
  });
});

describe('formatAge', () => {
  it('counts in the largest unit, and does not see into the future', () => {
    const ages = [-3600, 0, 4.9, 5, 59, 60, 3599, 3600, 86_399, 86_400, 864_000];
    assert.deepEqual(
      ages.map((seconds) => formatAge(seconds * second, t)),
      [
        'now',
        'now',
        'now',
        '5 s ago',
        '59 s ago',
        '1 min ago',
        '59 min ago',
        '1 h ago',
        '23 h ago',
        '1 d ago',
        '10 d ago',
      ],
    );
  });
});

describe('matchesFilter', () => {
  const fast = inferenceOf({ latency: 10, prediction: 'Cat', service: 'Alpha', inTrace: 0xabc });
  const slow = inferenceOf({ latency: 400, service: 'beta' });
  const failed = inferenceOf({ status: 'error', name: 'ai_inference_pipeline' });
  const slowFailed = inferenceOf({ latency: 500, status: 'error' });
  const all = [fast, slow, failed, slowFailed];
  const shown = (filter: Partial<TraceFilter>, threshold: number | undefined = thresholdMs) =>
    all.filter((inference) => matchesFilter(inference, { ...noFilter, ...filter }, threshold));

  it('lets everything through when there is none', () => {
    assert.deepEqual(shown({}), all);
  });

  it('finds errors, and what is over the threshold, and both', () => {
    assert.deepEqual(shown({ isErrorsOnly: true }), [failed, slowFailed]);
    assert.deepEqual(shown({ isSlowOnly: true }), [slow, slowFailed]);
    assert.deepEqual(shown({ isSlowOnly: true, isErrorsOnly: true }), [slowFailed]);
  });

  it('finds nothing over a threshold that there is not', () => {
    assert.ok(
      all.every((inference) => !matchesFilter(inference, { ...noFilter, isSlowOnly: true }, undefined)),
    );
  });

  it('finds text in service, prediction, name and trace id, in any case', () => {
    assert.deepEqual(shown({ text: 'ALPHA' }), [fast]);
    assert.deepEqual(shown({ text: 'cat' }), [fast]);
    assert.deepEqual(shown({ text: 'INFERENCE_pipe' }), all);
    assert.deepEqual(shown({ text: traceId(0xabc).toUpperCase() }), [fast]);
    assert.deepEqual(shown({ text: '.*' }), []);
  });
});

describe('groupInferences', () => {
  const anyInference = fc
    .record({
      service: fc.constantFrom('a', 'b', '__proto__'),
      latency: fc.constantFrom(1, 500, 'x'),
      prediction: fc.constantFrom('cat', 'dog', ''),
    })
    .map(inferenceOf);

  it('keeps each inference once, the newest first, whatever the grouping', () => {
    fc.assert(
      fc.property(fc.array(anyInference), fc.constantFrom(...groupings), (inferences, grouping) => {
        const groups = groupInferences(inferences, grouping, thresholdMs);
        const members = groups.flatMap((group) => group.inferences);
        assert.equal(members.length, inferences.length);
        assert.deepEqual(new Set(members), new Set(inferences));
        for (const group of groups) {
          const places = group.inferences.map((inference) => inferences.indexOf(inference));
          assert.deepEqual(
            places,
            places.toSorted((a, b) => b - a),
          );
        }
        const sizes = groups.map((group) => group.inferences.length);
        assert.deepEqual(
          sizes,
          sizes.toSorted((a, b) => b - a),
        );
      }),
    );
  });

  it('makes one group of all when there is no grouping, and none of nothing', () => {
    const inferences = [inferenceOf({ service: 'a' }), inferenceOf({ service: 'b' })];
    assert.deepEqual(groupInferences(inferences, 'none', undefined), [
      { key: '', inferences: inferences.toReversed() },
    ]);
    assert.deepEqual(groupInferences([], 'none', undefined), []);
  });

  it('groups by service, by prediction and by state; groups of a size by name', () => {
    const inferences = [
      inferenceOf({ service: 'b', latency: 1, prediction: 'cat' }),
      inferenceOf({ service: 'a', latency: 400 }),
      inferenceOf({ service: 'b', latency: 2 }),
    ];
    const keys = (grouping: (typeof groupings)[number]) =>
      groupInferences(inferences, grouping, thresholdMs).map(({ key, inferences: { length } }) => [
        key,
        length,
      ]);
    assert.deepEqual(keys('service'), [
      ['b', 2],
      ['a', 1],
    ]);
    assert.deepEqual(keys('prediction'), [
      ['', 2],
      ['cat', 1],
    ]);
    assert.deepEqual(keys('state'), [
      ['ok', 2],
      ['slow', 1],
    ]);
  });
});
