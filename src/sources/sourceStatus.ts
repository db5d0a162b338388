import type { HumanError } from '../core/humanError';

/** How a source of traces is doing. Times are microseconds since the Unix epoch. */
export type SourceStatus =
  /** There is no source to ask. */
  | { readonly kind: 'idle' }
  /** The source has not answered yet. */
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'ok';
      readonly answeredAtUs: number;
      /** The services that are watched. */
      readonly services: readonly string[];
      /** Services with inferences that are not watched because there are too many: the user should choose. */
      readonly leftOutServices: readonly string[];
      /** Things in answers that could not be read or had to be mended, since the source was connected. */
      readonly problemCount: number;
    }
  | {
      readonly kind: 'failing';
      readonly error: HumanError;
      readonly sinceUs: number;
      readonly retryAtUs: number;
      /** The source answered before, since it was connected. */
      readonly hasAnswered: boolean;
    };
