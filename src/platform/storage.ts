/** Where a feature keeps something over reloads: VS Code's Memento has this shape. */
export interface Storage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
