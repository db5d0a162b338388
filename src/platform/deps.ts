import type * as vscode from 'vscode';
import type { Event } from '../core/event';
import type { OpenedTraces } from '../core/store/openedTraces';
import type { TraceStore } from '../core/store/traceStore';
import type { Connection } from '../sources/connection';
import type { JaegerClient } from '../sources/jaegerClient';
import type { SourceParser } from '../sources/parser/sourceParser';
import type { ReceivedTally } from '../sources/receivedTally';
import type { SourceStatus } from '../sources/sourceStatus';
import type { Endpoints } from './endpoints';
import type { KeptTraces } from './keptTraces';
import type { ReceiverToken } from './receiverToken';
import type { OriginSecrets } from './secrets';
import type { Settings } from './settings';

/** The settings as they are now. */
export interface SettingsView {
  readonly current: Settings;
  readonly onDidChange: Event<Settings>;
}

/** What features may ask of the source of traces. */
export interface TraceSource {
  readonly status: SourceStatus;
  readonly onDidChangeStatus: Event<SourceStatus>;
  /** The connection in use; `undefined` when there is none. */
  readonly connection: Connection | undefined;
  readonly isPaused: boolean;
  /** Where spans can be sent to; `undefined` when nothing is received here. */
  readonly endpoints: Endpoints | undefined;
  /** What was received and what was not taken; `undefined` when nothing is received here. */
  readonly received: ReceivedTally | undefined;
  /** Asks now; resolves when the answer has been taken in, or failed. */
  refresh(): Promise<void>;
  setPaused(isPaused: boolean): void;
  /** Connects anew, as after a secret has changed. */
  reconnect(): void;
  /** A client for a connection, by default the chosen one. Loads the HTTP library when first called. */
  client(connection?: Connection): Promise<JaegerClient>;
}

/** What each feature is given. Whoever makes it, disposes it; features only use it. */
export interface Deps {
  readonly extensionUri: vscode.Uri;
  readonly workspaceState: vscode.Memento;
  readonly store: TraceStore;
  /** Traces outside of the store: imported, or opened by id. */
  readonly opened: OpenedTraces;
  readonly source: TraceSource;
  /** What survives the window. */
  readonly kept: Pick<KeptTraces, 'stats' | 'clear' | 'summaries'>;
  readonly settings: SettingsView;
  readonly secrets: OriginSecrets;
  readonly receiverToken: ReceiverToken;
  readonly parser: SourceParser;
  readonly log: vscode.LogOutputChannel;
  /** Tells the user or the log of an error, whichever fits; cancellation is silent. */
  readonly report: (error: unknown, doing: string) => void;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
}
