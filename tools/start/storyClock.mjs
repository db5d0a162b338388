// @ts-check

/**
 * When what happens, in milliseconds after the first span has arrived.
 * @typedef {object} Timetable
 * @property {number} slowAfterMs the storage becomes slow
 * @property {number} fastAfterMs it recovers
 */

/** Tells the story by itself: from the first span on, on time, until the user takes over. */
export class StoryClock {
  #timetable;
  #command;
  #say;
  #later;
  /** @type {Array<() => void>} */
  #cancels = [];
  /** @type {'waiting' | 'running' | 'over'} */
  #state = 'waiting';

  /**
   * @param {object} options
   * @param {Timetable | undefined} options.timetable undefined: nothing happens by itself
   * @param {(line: string) => void} options.command gives the service's console a line
   * @param {(text: string) => void} options.say
   * @param {(run: () => void, ms: number) => () => void} [options.later] runs it then, and gives how to cancel that
   */
  constructor({ timetable, command, say, later = runLater }) {
    this.#timetable = timetable;
    this.#command = command;
    this.#say = say;
    this.#later = later;
  }

  /** The first spans have arrived. Does nothing when it ran already, or when the user was faster. */
  begin() {
    if (this.#state !== 'waiting' || this.#timetable === undefined) return;
    this.#state = 'running';
    const { slowAfterMs, fastAfterMs } = this.#timetable;
    this.#say(
      `spans arrive, and the story begins: the storage is fast, and becomes slow in ${seconds(slowAfterMs)}`,
    );
    this.#cancels = [
      this.#later(() => {
        this.#say(
          'the storage is slow now: watch the line that sets storage_latency_ms, and how the predictions change although the model does not; the alert fires within a minute',
        );
        this.#command('slow');
      }, slowAfterMs),
      this.#later(() => {
        this.#say('the storage is fast again: the alert is resolved within a minute, and the story is told');
        this.#command('fast');
        this.#state = 'over';
      }, fastAfterMs),
    ];
  }

  /** The user has changed something by hand: from now on nothing else happens. */
  stepBack() {
    if (this.#state === 'running') this.#say('from now on the story is yours: nothing changes by itself');
    this.stop();
  }

  stop() {
    this.#state = 'over';
    for (const cancel of this.#cancels) cancel();
  }
}

/**
 * @param {() => void} run
 * @param {number} ms
 */
function runLater(run, ms) {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** @param {number} ms */
function seconds(ms) {
  return ms === 60_000 ? 'a minute' : `${Math.round(ms / 1000)} seconds`;
}
