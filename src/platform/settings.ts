import type { AlertRule } from '../core/alerts/alertRule';
import type { PathMapping } from '../core/mapping/pathMapping';
import type { MetricUnit } from '../core/metrics/serviceSeries';
import type { StoreLimits } from '../core/store/traceStore';
import type { InferenceDefinition } from '../core/trace/inference';
import type { Connection } from '../sources/connection';

/** Where traces come from; `both` is Jaeger, and what is received beside it. */
export const backends = ['auto', 'jaeger', 'embedded', 'both'] as const;

/** A choice of where traces come from. */
export type Backend = (typeof backends)[number];

/** The address that only programs of this machine can send to. */
export const loopback = '127.0.0.1';

/** What to do when another window has the port that is wanted. */
export const sharings = ['ask', 'share', 'separate'] as const;

/** Where spans are received over HTTP. */
export interface ReceiverSettings {
  /** The port that is wanted; another is taken when it is not to be had. */
  readonly port: number;
  /** An IP address of this machine, or all of them (`0.0.0.0`, `::`); on others than loopback the token is demanded. */
  readonly bindAddress: string;
  readonly sharing: (typeof sharings)[number];
}

/** What gives the alert and the chart's line their values. */
export const metricsSources = ['traces', 'jaeger-spm', 'prometheus'] as const;

/** Where the alert and the chart's line take their values from, and how. */
export interface MetricsSettings {
  readonly source: (typeof metricsSources)[number];
  /** The Prometheus; `undefined` when no URL is set that could be used. */
  readonly connection: Connection | undefined;
  /** PromQL with placeholders; empty for the duration of the inference span. */
  readonly query: string;
  /** Of what the query gives; without a query, milliseconds. */
  readonly unit: MetricUnit;
  /** What Jaeger's span metrics are asked for, between 0 and 1. */
  readonly quantile: number;
}

/** What is written into the code. */
export interface AnnotationSettings {
  readonly isEnabled: boolean;
  /** What a lens says; all of its fields are known. */
  readonly lensFormat: string;
  /** Functions that traces wait less for, as a part of 1, have no lens and no heat, unless they make inferences. */
  readonly minimumShare: number;
  /** A firing alert is among the problems. */
  readonly hasDiagnostics: boolean;
}

/** All that the user can set, validated. */
export interface Settings {
  readonly backend: Backend;
  /** As configured; empty when nothing is. */
  readonly connections: readonly Connection[];
  /** Name of the connection to use; empty for the first. */
  readonly connectionName: string;
  /** Services to watch; empty to find them. */
  readonly services: readonly string[];
  readonly inference: InferenceDefinition;
  readonly poll: {
    readonly intervalMs: number;
    readonly lookbackUs: number;
    readonly limit: number;
    readonly requestBudget: number;
    readonly timeoutMs: number;
  };
  readonly store: StoreLimits;
  readonly receiver: ReceiverSettings;
  /** What survives the window. */
  readonly keep: {
    readonly keepsTraces: boolean;
    readonly keepsSummaries: boolean;
    readonly maxAgeMs: number;
    readonly maxBytes: number;
    /** Names of attributes that are never written; `*` stands for any characters. */
    readonly neverWritten: readonly string[];
  };
  readonly metrics: MetricsSettings;
  /** Programs that are started from this window. */
  readonly runs: {
    /** Whether their spans are to be sent here. */
    readonly isInstrumented: boolean;
    /** What all of them are called; empty to derive a name. */
    readonly serviceName: string;
  };
  readonly annotations: AnnotationSettings;
  /** Where files of other machines lie here; `to` may begin with `${workspaceFolder}`. */
  readonly pathMappings: readonly PathMapping[];
  readonly isAlertEnabled: boolean;
  readonly alert: AlertRule;
}

/** A setting that could not be used as it is, and what is used instead. */
export interface SettingProblem {
  readonly key: string;
  readonly message: string;
}
