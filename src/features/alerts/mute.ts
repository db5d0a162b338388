import { asNumber, asObject, own } from '../../core/decode/jsonValue';

const key = 'whyspan.alerts.mute';
const version = 1;

/** Where mutes are kept: VS Code's Memento has this shape. */
export interface MuteStorage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Whether notifications of the alert are held back, kept over reloads. */
export class AlertMute {
  readonly #storage: MuteStorage;
  readonly #nowMs: () => number;

  constructor(storage: MuteStorage, nowMs: () => number) {
    this.#storage = storage;
    this.#nowMs = nowMs;
  }

  get isMuted(): boolean {
    const kept = asObject(this.#storage.get(key));
    if (!kept || own(kept, 'version') !== version) return false;
    const until = own(kept, 'untilMs');
    return until === null || (asNumber(until) ?? 0) > this.#nowMs();
  }

  /** Mutes for a time, or for good without one. */
  async mute(durationMs: number | undefined): Promise<void> {
    const untilMs = durationMs === undefined ? null : this.#nowMs() + durationMs;
    await this.#storage.update(key, { version, untilMs });
  }

  async unmute(): Promise<void> {
    await this.#storage.update(key, undefined);
  }
}
