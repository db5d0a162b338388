/** What the store holds, and what it let go since it was made or cleared. */
export interface StoreStats {
  readonly traces: number;
  readonly spans: number;
  readonly inferences: number;
  readonly bytes: number;
  readonly evictedByAge: number;
  readonly evictedBySize: number;
  /** Inferences held whose latency attribute is no finite, non-negative number. */
  readonly unreadableLatencies: number;
}
