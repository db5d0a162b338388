import { l10n } from 'vscode';
import { derivedText } from '../../platform/latencyText';
import type { ChartStrings } from './protocol';

/** The page's texts in the user's language; the page fills in what stands in braces. */
export function chartStrings(): ChartStrings {
  return { ...headerStrings(), ...legendStrings(), ...pointStrings(), ...stateStrings() };
}

function headerStrings() {
  return {
    titleLatency: l10n.t('Storage latency'),
    axisLatency: l10n.t('Latency (ms)'),
    axisWithUnit: l10n.t({ message: '{0} ({1})', comment: ['An attribute and its unit'] }),
    valueWithUnit: l10n.t({ message: '{0} {1}', comment: ['A number and its unit'] }),
    valueDerived: l10n.t({ message: '{0} (derived)', comment: ['A storage latency that no attribute says'] }),
    isDerived: derivedText(l10n.t),
    thisWindow: l10n.t({ message: '{0} {1}', comment: ['A duration and a reducer, such as 5m average'] }),
    highestWindow: l10n.t('highest {0} {1} of {2} services'),
    avg: l10n.t('average'),
    min: l10n.t('minimum'),
    max: l10n.t('maximum'),
    sum: l10n.t('sum'),
    count: l10n.t('count'),
    last: l10n.t('last value'),
    median: l10n.t('median'),
    since: l10n.t('since {0}'),
    range: l10n.t('Time range'),
    range15m: l10n.t('15 m'),
    range1h: l10n.t('1 h'),
    rangeLookback: l10n.t('Look-back'),
    range6h: l10n.t('6 h'),
    range24h: l10n.t('24 h'),
    live: l10n.t('Live'),
    liveHint: l10n.t('The time axis moves with the clock. Select to hold it still.'),
    frozenHint: l10n.t('The time axis stands still. Select to follow the clock again.'),
    showTable: l10n.t('Show as table'),
    showChart: l10n.t('Show as chart'),
  };
}

function legendStrings() {
  return {
    legendPoint: l10n.t('Inference'),
    legendAbove: l10n.t('Inference above the threshold'),
    threshold: l10n.t('Threshold'),
    legendAlerting: l10n.t('Alerting'),
    legendNoData: l10n.t('No data'),
    countOne: l10n.t('1 inference'),
    countMany: l10n.t('{0} inferences'),
    countDrawn: l10n.t('{0} inferences, {1} drawn: the lowest and highest of each pixel'),
    countSampled: l10n.t('{0} of about {1} inferences'),
    countAtLeast: l10n.t('{0} of at least {1} inferences'),
    isSample: l10n.t('a sample (± {0} %), weighted by what each inference stands for'),
    lineFrom: l10n.t({
      message: 'line: {0}; points: traces',
      comment: ['{0}: such as Prometheus at http://…'],
    }),
    isPaused: l10n.t('paused'),
    noneInRange: l10n.t('No inferences in this time. The newest one ended at {0}.'),
    noValue: l10n.t({ message: '–', comment: ['Stands for a value that there is not'] }),
  };
}

function pointStrings() {
  return {
    columnTime: l10n.t('Time'),
    columnPrediction: l10n.t('Prediction'),
    columnService: l10n.t('Service'),
    columnTrace: l10n.t('Trace'),
    openTrace: l10n.t('Open'),
    openTraceOf: l10n.t('Open the trace of {0}'),
    caption: l10n.t('Inferences, newest first: {0} of {1}'),
    chartLabel: l10n.t('Inferences over time. Arrow keys step through them, Enter opens the trace.'),
    noPointChosen: l10n.t('No inference chosen, of {0}'),
    pointOf: l10n.t('{0}; {1} of {2}'),
    openLine: l10n.t('Line'),
    openLineOf: l10n.t('Go to the line of {0}'),
    openHint: l10n.t('Click or Enter opens the trace, with Shift the line'),
    summary: l10n.t({
      message: '{0}: {1}; {2}; {3} from {4} to {5}.',
      comment: ['Title: state; what the value is; number of inferences, from time to time'],
    }),
    summaryAbove: l10n.t('the {0} is {1}, above the threshold of {2}'),
    summaryWithin: l10n.t('the {0} is {1}, not above the threshold of {2}'),
  };
}

function stateStrings() {
  return {
    stateOff: l10n.t('Alert off'),
    stateUnknown: l10n.t('Not evaluated yet'),
    stateOk: l10n.t('OK'),
    stateAlerting: l10n.t('Alerting'),
    stateOutage: l10n.t('Alerting: no answer from Jaeger'),
    stateNoData: l10n.t('No data'),
    connecting: l10n.t('Asking Jaeger for traces…'),
    failing: l10n.t('Not up to date.'),
    metricsFailing: l10n.t('The line is not up to date.'),
    shownFrom: l10n.t('What is shown is from {0}.'),
    emptyTitle: l10n.t('No inferences yet'),
    emptyIdle: l10n.t('Whyspan is not connected to a Jaeger. Connect, then run your service.'),
    emptyHint: l10n.t('Run your service: each span “{0}” becomes a point here. If it does run, diagnose.'),
    emptyFailing: l10n.t('No inferences are held, and Jaeger cannot be asked'),
    connect: l10n.t('Connect…'),
    diagnose: l10n.t('Diagnose…'),
    refresh: l10n.t('Try again'),
    failed: l10n.t('That did not work. The log of Whyspan says more.'),
  };
}
