import type { Storage } from '../../../../src/platform/storage';

/** A storage as VS Code's, which keeps what JSON keeps. */
export function storageOf(initial: Readonly<Record<string, unknown>> = {}): Storage {
  const kept = new Map(Object.entries(initial));
  return {
    get: (key) => kept.get(key),
    async update(key, value) {
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.parse(JSON.stringify(value)));
    },
  };
}
