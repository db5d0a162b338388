/** What is said of a moment, and what of it makes saying it again worth while. */
export interface Announcement {
  readonly text: string;
  /** Another state is said at once. */
  readonly state: string;
  readonly value: number | null;
}

const minIntervalMs = 10_000;
/** A value that has moved by less than this share is no news. */
const newsShare = 0.1;

/** Decides when a summary is worth saying: when the state changes, or, every ten seconds at most, when the value has moved. */
export class Announcer {
  readonly #say: (text: string) => void;
  #last: (Announcement & { readonly atMs: number }) | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Hears of the newest summary. */
  offer(announcement: Announcement, nowMs: number): void {
    const last = this.#last;
    if (last?.state === announcement.state) {
      if (nowMs - last.atMs < minIntervalMs || !isNews(last.value, announcement.value)) return;
    }
    this.#last = { ...announcement, atMs: nowMs };
    this.#say(announcement.text);
  }
}

function isNews(before: number | null, now: number | null): boolean {
  if (before === null || now === null) return before !== now;
  return Math.abs(now - before) > Math.abs(before) * newsShare;
}
