import type { SpanBlock } from '../core/columns/spanBlock';
import type { TraceStore } from '../core/store/traceStore';
import type { LazyDecodeThread } from '../sources/decoder/lazyDecodeThread';
import { BackendSession } from './backendSession';
import type { SettingsView } from './deps';
import { EmbeddedSession } from './embeddedSession';
import type { ReceiverToken } from './receiverToken';
import { SourceSession } from './sourceSession';

/** What the source of traces is made of. */
export interface BackendParts {
  readonly settings: SettingsView;
  readonly store: TraceStore;
  /** Names this window to others. */
  readonly windowId: string;
  /** A folder that all windows of this user share. */
  readonly sharedFolder: string;
  readonly receiverToken: Pick<ReceiverToken, 'read' | 'onDidChange'>;
  readonly isTrusted: () => boolean;
  readonly readSecret: (origin: string) => Promise<string | undefined>;
  /** Hears of all that is received here. */
  readonly onReceived: (blocks: readonly SpanBlock[]) => void;
  readonly decodeThread: LazyDecodeThread;
  readonly nowMs: () => number;
  readonly log: Readonly<Record<'debug' | 'info' | 'warn', (message: string) => void>>;
  readonly report: (error: unknown, doing: string) => void;
}

/** The source of traces, not yet started; disposing it ends all of it. */
export function createBackend(parts: BackendParts): BackendSession {
  const { receiverToken } = parts;
  const windowId = parts.windowId.replace(/[^\w-]/g, '').slice(0, 64) || 'window';
  return new BackendSession({
    ...parts,
    jaeger: new SourceSession(parts),
    onDidRenewToken: receiverToken.onDidChange,
    embedded: new EmbeddedSession({
      ...{ ...parts, windowId },
      settings: () => parts.settings.current.receiver,
      readToken: () => receiverToken.read(),
    }),
  });
}
