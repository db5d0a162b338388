import type { MuteStorage } from '../../../../src/features/alerts/mute';

/** A storage as VS Code's, which keeps what JSON keeps. */
export function storageOf(initial: Readonly<Record<string, unknown>> = {}): MuteStorage {
  const kept = new Map(Object.entries(initial));
  return {
    get: (key) => kept.get(key),
    async update(key, value) {
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.parse(JSON.stringify(value)));
    },
  };
}
