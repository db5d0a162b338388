import { asObject, own } from '../../core/decode/jsonValue';
import type { Storage } from '../../platform/storage';

const key = 'whyspan.alerts.mute';
const rulesKey = 'whyspan.alerts.mutedRules';
const version = 1;

/** Whether notifications of alerts are held back, of all or of single rules, kept over reloads. */
export class AlertMute {
  readonly #storage: Storage;
  readonly #nowMs: () => number;

  constructor(storage: Storage, nowMs: () => number) {
    this.#storage = storage;
    this.#nowMs = nowMs;
  }

  /** All are muted. */
  get isMuted(): boolean {
    const kept = asObject(this.#storage.get(key));
    return kept !== undefined && own(kept, 'version') === version && this.#holds(own(kept, 'untilMs'));
  }

  /** A rule is muted, by itself or with all. */
  isRuleMuted(uid: string): boolean {
    return this.isMuted || this.#holds(own(this.#rules, uid));
  }

  /** Mutes all for a time, or for good without one. */
  async mute(durationMs: number | undefined): Promise<void> {
    await this.#storage.update(key, { version, untilMs: this.#until(durationMs) });
  }

  /** Mutes one rule for a time, or for good without one. */
  async muteRule(uid: string, durationMs: number | undefined): Promise<void> {
    await this.#keepRules({ ...this.#rules, [uid]: this.#until(durationMs) });
  }

  /** All are heard again, also those that were muted by themselves. */
  async unmute(): Promise<void> {
    await this.#storage.update(key, undefined);
    await this.#storage.update(rulesKey, undefined);
  }

  /** One rule is heard again. */
  async unmuteRule(uid: string): Promise<void> {
    await this.#keepRules({ ...this.#rules, [uid]: 0 });
  }

  get #rules(): Readonly<Record<string, unknown>> {
    const kept = asObject(this.#storage.get(rulesKey));
    return (kept && own(kept, 'version') === version && asObject(own(kept, 'rules'))) || {};
  }

  async #keepRules(rules: Readonly<Record<string, unknown>>): Promise<void> {
    const muted = Object.fromEntries(Object.entries(rules).filter(([, until]) => this.#holds(until)));
    await this.#storage.update(rulesKey, { version, rules: muted });
  }

  #until(durationMs: number | undefined): number | null {
    return durationMs === undefined ? null : this.#nowMs() + durationMs;
  }

  /** Until a time, or for good when that is `null`. */
  #holds(untilMs: unknown): boolean {
    return untilMs === null || (typeof untilMs === 'number' && untilMs > this.#nowMs());
  }
}
