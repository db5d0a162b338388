import assert from 'node:assert/strict';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { chartData } from '../../../../src/features/latencyChart/model';
import { makeFormats } from '../../../../src/webview/latencyChart/formats';
import { fill, Wording } from '../../../../src/webview/latencyChart/wording';
import { englishStrings } from '../../../browser/support/chartBundle';
import { inputOf, minuteMs, nowMs } from '../../features/latencyChart/inferenceStore';

describe('the words of the chart', () => {
  let wording: Wording;
  before(async () => {
    wording = new Wording(await englishStrings(), makeFormats('en', 'UTC'));
  });
  const one = [{ agoMs: minuteMs, value: 312.4, prediction: 'cat' }];

  it('sum it up in one sentence', () => {
    assert.equal(
      wording.summary(chartData(inputOf(one))),
      'Storage latency: OK; the 5m average is 312 ms, above the threshold of 300 ms; 1 inference from 12:00 to 12:05.',
    );
    assert.equal(
      wording.summary(chartData(inputOf([]))),
      'Storage latency: OK; 5m average –; 0 inferences from 11:05 to 12:05.',
    );
  });

  it('say when the highest of several services is meant', () => {
    const data = chartData(inputOf([...one, { agoMs: 0, value: 1, service: 'other' }]));
    assert.equal(wording.windowName(data), 'highest 5m average of 2 services');
  });

  it('name another attribute with its unit, or without one', () => {
    const of = (attribute: string) =>
      chartData(inputOf([], { rule: { ...defaultAlertRule, attribute, threshold: 12.5 } }));
    assert.equal(wording.axis(chartData(inputOf([]))), 'Latency (ms)');
    assert.equal(wording.axis(of('io_seconds')), 'io_seconds (s)');
    assert.equal(wording.value(12.5, of('io_seconds')), '12.5 s');
    assert.deepEqual([wording.axis(of('tokens')), wording.title(of('tokens'))], ['tokens', 'tokens']);
    assert.equal(wording.value(1234.5, of('tokens')), '1,235');
  });

  it('say of a point when, how long, what and who', () => {
    const data = chartData(inputOf(one));
    assert.deepEqual(wording.point(data.points, 0, data), ['12:04:00', '312 ms', 'cat', 'recommender']);
  });

  it('say the day when it is another one', () => {
    const { moment } = makeFormats('en', 'UTC');
    assert.equal(moment(nowMs - 13 * 60 * minuteMs, nowMs), 'Oct 2, 23:05');
  });

  it('survive a language that the browser does not know', () => {
    assert.match(makeFormats('not a language', 'UTC').minute(nowMs), /12.05/);
  });

  it('leave a place alone that nothing fills', () => {
    assert.equal(fill('{0} of {1}', 'a'), 'a of {1}');
    assert.equal(fill('{0}', '{1}'), '{1}');
  });
});
