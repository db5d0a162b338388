import type { SpanBlock } from '../core/columns/spanBlock';
import type { ProblemCount } from '../core/decode/problemCount';

/** Gets what was received: blocks with pieces of traces, seldom whole ones, which become the listener's, and what was wrong. */
export type OnBlocks = (blocks: readonly SpanBlock[], problems: readonly ProblemCount[]) => void;
