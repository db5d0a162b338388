import type { ChartData, ChartPoints, ChartState, ChartStrings } from '../../features/latencyChart/protocol';
import type { Formats } from './formats';

/** Fills `{0}`, `{1}` … of a text. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (place, index) => String(values[Number(index)] ?? place));
}

/** Puts the data into words. */
export class Wording {
  readonly strings: ChartStrings;
  readonly formats: Formats;

  constructor(strings: ChartStrings, formats: Formats) {
    this.strings = strings;
    this.formats = formats;
  }

  title({ quantity }: ChartData): string {
    return quantity.isLatency ? this.strings.titleLatency : quantity.attribute;
  }

  axis({ quantity }: ChartData): string {
    if (quantity.isLatency) return this.strings.axisLatency;
    const { attribute, unit } = quantity;
    return unit === '' ? attribute : fill(this.strings.axisWithUnit, attribute, unit);
  }

  value(value: number | null, { quantity }: Pick<ChartData, 'quantity'>): string {
    if (value === null) return this.strings.noValue;
    const number = this.formats.number(value);
    return quantity.unit === '' ? number : fill(this.strings.valueWithUnit, number, quantity.unit);
  }

  /** Such as “5m average”. */
  windowName(data: ChartData): string {
    const reducer = data.statistic ?? this.strings[data.reducer];
    return data.serviceCount > 1
      ? fill(this.strings.highestWindow, data.window, reducer, data.serviceCount)
      : fill(this.strings.thisWindow, data.window, reducer);
  }

  state({ name, isOutage }: ChartState): string {
    switch (name) {
      case 'off':
        return this.strings.stateOff;
      case 'unknown':
        return this.strings.stateUnknown;
      case 'ok':
        return this.strings.stateOk;
      case 'no_data':
        return this.strings.stateNoData;
      case 'alerting':
        return isOutage ? this.strings.stateOutage : this.strings.stateAlerting;
    }
  }

  /** Since when the alert is in its state; empty when that says nothing. */
  since({ state, nowMs }: ChartData): string {
    if (state.name === 'off' || state.name === 'unknown') return '';
    return fill(this.strings.since, this.formats.moment(state.sinceMs, nowMs));
  }

  /** How many inferences lie within the axis; beside the chart, also how many of them are drawn. */
  count({ total, points, sample }: ChartData, isTableShown = false): string {
    const { number } = this.formats;
    if (sample) {
      const text = sample.isAtLeast ? this.strings.countAtLeast : this.strings.countSampled;
      return fill(text, number(sample.known), number(sample.estimated));
    }
    if (total === 1) return this.strings.countOne;
    const drawn = points.timeMs.length;
    return drawn < total && !isTableShown
      ? fill(this.strings.countDrawn, number(total), number(drawn))
      : fill(this.strings.countMany, number(total));
  }

  /** What is worth knowing besides the count: that it is a sample, paused, that nothing is within the axis. */
  notes(data: ChartData): readonly string[] {
    const notes = [];
    if (data.metrics) notes.push(fill(this.strings.lineFrom, data.metrics.from));
    else if (data.sample) notes.push(fill(this.strings.isSample, data.sample.errorPercent));
    if (data.points.isDerived.includes(true)) notes.push(this.strings.isDerived);
    if (data.isPaused) notes.push(this.strings.isPaused);
    return notes;
  }

  summary(data: ChartData): string {
    const { strings, formats } = this;
    const values = [this.windowName(data), this.value(data.current, data), this.value(data.threshold, data)];
    const isAbove = data.current !== null && data.current > data.threshold;
    const comparison = fill(isAbove ? strings.summaryAbove : strings.summaryWithin, ...values);
    const value =
      data.current === null ? fill(strings.thisWindow, this.windowName(data), strings.noValue) : comparison;
    const [from, to] = [formats.moment(data.fromMs, data.nowMs), formats.moment(data.toMs, data.nowMs)];
    return fill(strings.summary, this.title(data), this.state(data.state), value, this.count(data), from, to);
  }

  /** One inference: time, value, and prediction and service as far as they are known. */
  point(points: ChartPoints, index: number, data: ChartData): readonly string[] {
    const value = this.value(points.value[index] ?? null, data);
    const label = (at: number | undefined) => points.labels[at ?? -1] ?? '';
    return [
      this.formats.exactMoment(points.timeMs[index] ?? 0, data.nowMs),
      points.isDerived[index] ? fill(this.strings.valueDerived, value) : value,
      label(points.prediction[index]),
      label(points.service[index]),
    ];
  }
}
