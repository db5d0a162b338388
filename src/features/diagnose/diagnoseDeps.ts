import type { Deps } from '../../platform/deps';
import type { CodeLocator } from '../annotations/index';
import type { Signals } from '../metrics/index';

/** What the diagnosis needs beside the common things. */
export interface DiagnoseDeps extends Deps {
  readonly locator: CodeLocator;
  readonly signals: Signals;
}
