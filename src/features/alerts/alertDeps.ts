import type { Deps } from '../../platform/deps';
import type { CodeLocator } from '../annotations/index';
import type { Signals } from '../metrics/index';

/** What the alerts need beside the common things. */
export type AlertDeps = Deps & { readonly signals: Signals; readonly locator: CodeLocator };
