import type { Deps } from '../../platform/deps';
import type { CodeLocator } from '../annotations/index';

/** What the diagnosis needs beside the common things. */
export interface DiagnoseDeps extends Deps {
  readonly locator: CodeLocator;
}
