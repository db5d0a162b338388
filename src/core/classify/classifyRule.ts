import type { SpanKind } from '../trace/span';
import type { SpanClass } from './spanClass';

/** What a span must be for a rule to hold; all that is given. In texts `*` stands for any characters, and case does not matter. */
export interface ClassifyMatch {
  readonly name?: string;
  readonly service?: string;
  readonly kind?: SpanKind;
  /** The exact name of an attribute that it must have. */
  readonly attribute?: string;
  /** What that attribute must be. */
  readonly value?: string;
}

/** A user's rule of what spans are. */
export interface ClassifyRule {
  readonly match: ClassifyMatch;
  readonly as: SpanClass;
}
