import { isIP } from 'node:net';
import { defaultAlertRule } from '../core/alerts/alertRule';
import { formatDuration, parseDuration } from '../core/duration';
import { defaultLensFormat, lensFields } from '../core/lens/lensFields';
import { LensFormat } from '../core/lens/lensFormat';
import { metricUnits } from '../core/metrics/serviceSeries';
import { reducerNames } from '../core/statistics/reducer';
import { defaultInferenceDefinition } from '../core/trace/inference';
import { parseClassifyRules } from './parseClassifyRules';
import { parseConnections } from './parseConnections';
import { parseMetricsConnection } from './parseMetricsConnection';
import { parsePathMappings } from './parsePathMappings';
import {
  type AlertsSettings,
  type AnnotationSettings,
  backends,
  loopback,
  metricsSources,
  type SettingProblem,
  type Settings,
  sharings,
} from './settings';

/** Reads a setting by its id below `whyspan.`; `undefined` when it is not set. */
export type ReadSetting = (key: string) => unknown;

const hourUs = 3_600_000_000;
const latencyUnits = ['ms', 's', 'us'] as const;

/** All settings of what the user wrote. What cannot be used is replaced by its default, and named. */
export function parseSettings(read: ReadSetting): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const reader = new SettingReader(read, problems);
  const attribute = reader.name('inference.latencyAttribute', defaultInferenceDefinition.latencyAttribute);
  const classify = parseClassifyRules(read('classify'), problems);
  const settings: Settings = {
    backend: reader.oneOf('backend', backends, 'auto'),
    connections: parseConnections(read('connections'), problems),
    connectionName: reader.text('connection', ''),
    services: reader.texts('services'),
    inference: {
      spanName: reader.name('inference.spanName', defaultInferenceDefinition.spanName),
      latencyAttribute: attribute,
      predictionAttribute: reader.name(
        'inference.predictionAttribute',
        defaultInferenceDefinition.predictionAttribute,
      ),
      latencyUnit: reader.oneOf('inference.latencyUnit', latencyUnits, 'ms'),
      ...(classify.length > 0 ? { classify } : {}),
    },
    poll: readPoll(reader),
    store: {
      maxAgeUs: reader.number('store.maxAgeMinutes', 180, 5, 10_080) * 60_000_000,
      maxBytes: reader.number('store.maxMegabytes', 128, 8, 2048) * 1_000_000,
    },
    receiver: {
      port: Math.round(reader.number('receiver.port', 4318, 1, 65_535)),
      bindAddress: reader.address('receiver.bindAddress', loopback),
      sharing: reader.oneOf('receiver.sharing', sharings, 'ask'),
    },
    keep: {
      keepsTraces: reader.flag('keep.traces', true),
      keepsSummaries: reader.flag('keep.summaries', true),
      maxAgeMs: reader.number('keep.hours', 24, 1, 336) * 3_600_000,
      maxBytes: reader.number('keep.megabytes', 128, 8, 4096) * 1_000_000,
      neverWritten: reader.texts('keep.neverWrittenAttributes').map((name) => name.trim()),
    },
    metrics: {
      source: reader.oneOf('metrics.source', metricsSources, 'traces'),
      connection: parseMetricsConnection(read, problems),
      query: reader.text('metrics.query', ''),
      unit: reader.oneOf('metrics.unit', metricUnits, 'ms'),
      quantile: reader.number('metrics.quantile', 0.95, 0.01, 0.999),
    },
    runs: {
      isInstrumented: reader.flag('runs.instrument', false),
      serviceName: reader.text('runs.serviceName', ''),
    },
    pathMappings: parsePathMappings(read('pathMappings'), problems),
    annotations: readAnnotations(reader),
    isAlertEnabled: reader.flag('alert.enabled', true),
    alert: {
      name: reader.text('alert.name', defaultAlertRule.name) || defaultAlertRule.name,
      attribute: reader.text('alert.attribute', '') || attribute,
      reducer: reader.oneOf('alert.reducer', reducerNames, defaultAlertRule.reducer),
      threshold: reader.number('alert.threshold', defaultAlertRule.threshold, -1e12, 1e12),
      windowUs: reader.duration('alert.window', defaultAlertRule.windowUs, 168 * hourUs),
      frequencyUs: Math.max(
        1_000_000,
        reader.duration('alert.frequency', defaultAlertRule.frequencyUs, 24 * hourUs),
      ),
    },
    alerts: readAlerts(reader),
  };
  return { settings, problems };
}

function readPoll(reader: SettingReader): Settings['poll'] {
  return {
    intervalMs: reader.number('poll.intervalSeconds', 15, 1, 3600) * 1000,
    lookbackUs: reader.number('poll.lookbackMinutes', 60, 1, 2880) * 60_000_000,
    limit: Math.round(reader.number('poll.limit', 200, 1, 10_000)),
    requestBudget: Math.round(reader.number('poll.requestBudget', 24, 1, 1000)),
    timeoutMs: reader.number('poll.timeoutSeconds', 20, 1, 300) * 1000,
  };
}

function readAlerts(reader: SettingReader): AlertsSettings {
  return {
    ruleEntries: reader.list('alerts.rules'),
    graceUs: reader.number('alerts.graceSeconds', 10, 0, 600) * 1_000_000,
    notificationsPerHour: Math.round(reader.number('alerts.notificationsPerHour', 12, 0, 1000)),
  };
}

function readAnnotations(reader: SettingReader): AnnotationSettings {
  return {
    isEnabled: reader.flag('annotations.enabled', true),
    lensFormat: reader.lensFormat('annotations.lensFormat'),
    minimumShare: reader.number('annotations.minimumShare', 0, 0, 100) / 100,
    hasDiagnostics: reader.flag('annotations.diagnostics', true),
  };
}

class SettingReader {
  readonly #read: ReadSetting;
  readonly #problems: SettingProblem[];

  constructor(read: ReadSetting, problems: SettingProblem[]) {
    this.#read = read;
    this.#problems = problems;
  }

  text(key: string, fallback: string): string {
    const value = this.#read(key) ?? fallback;
    return typeof value === 'string' ? value.trim() : this.#reject(key, 'is not text', fallback);
  }

  /** A text that must not be empty. */
  name(key: string, fallback: string): string {
    return this.text(key, fallback) || this.#reject(key, 'is empty', fallback);
  }

  /** An IP address, without the name of an interface. */
  address(key: string, fallback: string): string {
    const value = this.text(key, fallback);
    return isIP(value) !== 0 && !value.includes('%')
      ? value
      : this.#reject(key, 'is no IP address', fallback);
  }

  lensFormat(key: string): string {
    const format = this.text(key, defaultLensFormat);
    const known: readonly string[] = lensFields;
    const unknown = new LensFormat(format).fields.filter((field) => !known.includes(field));
    if (unknown.length === 0) return format;
    const names = unknown.slice(0, 5).map((field) => `{${field}}`);
    return this.#reject(key, `has unknown fields: ${names.join(', ')}`, defaultLensFormat);
  }

  texts(key: string): readonly string[] {
    const value = this.#read(key) ?? [];
    if (!Array.isArray(value)) return this.#reject(key, 'is not a list', []);
    const texts = value.filter((item): item is string => typeof item === 'string' && item.trim() !== '');
    return texts.length === value.length ? texts : this.#reject(key, 'holds something else than text', texts);
  }

  list(key: string): readonly unknown[] {
    const value = this.#read(key) ?? [];
    return Array.isArray(value) ? value : this.#reject(key, 'is not a list', []);
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.#read(key) ?? fallback;
    return typeof value === 'boolean' ? value : this.#reject(key, 'is neither true nor false', fallback);
  }

  number(key: string, fallback: number, min: number, max: number): number {
    const value = this.#read(key) ?? fallback;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    return this.#reject(key, `is not a number from ${min} to ${max}`, fallback);
  }

  /** A duration up to a limit: timers count no more than 24 days, and call back at once when asked for more. */
  duration(key: string, fallbackUs: number, maxUs: number): number {
    const value = this.#read(key);
    if (value === undefined || value === null) return fallbackUs;
    const us = typeof value === 'string' ? parseDuration(value) : undefined;
    if (us === undefined) return this.#reject(key, 'is not a duration such as 5m, 1h30m or 20s', fallbackUs);
    return us <= maxUs ? us : this.#reject(key, `is longer than ${formatDuration(maxUs)}`, fallbackUs);
  }

  oneOf<T extends string>(key: string, choices: readonly T[], fallback: T): T {
    const value = this.#read(key) ?? fallback;
    const choice = choices.find((candidate) => candidate === value);
    return choice ?? this.#reject(key, `is not one of ${choices.join(', ')}`, fallback);
  }

  #reject<T>(key: string, message: string, fallback: T): T {
    this.#problems.push({ key: `whyspan.${key}`, message });
    return fallback;
  }
}
