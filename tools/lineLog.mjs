// @ts-check
import fs from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const KEPT_LINES = 2_000;

/** What a process printed: kept by lines (the last 2,000), written to a file, and waited on. */
export class LineLog {
  /** @type {string[]} */
  #lines = [];
  #rest = '';
  #decoder = new StringDecoder('utf8');
  /** @type {Set<{onLine: (line: string) => void, onEnd: (reason: string) => void}>} */
  #waiters = new Set();
  /** @type {string | undefined} */
  #endReason;
  #fd;
  #onLine;

  /**
   * @param {number | undefined} fd of the log file, closed at the end
   * @param {((line: string) => void) | undefined} onLine
   */
  constructor(fd, onLine) {
    this.#fd = fd;
    this.#onLine = onLine;
  }

  /** @param {Buffer | string} chunk */
  append(chunk) {
    if (this.#endReason !== undefined) return;
    if (this.#fd !== undefined)
      fs.writeSync(this.#fd, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    const parts = (this.#rest + (typeof chunk === 'string' ? chunk : this.#decoder.write(chunk))).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#add(part.replace(/\r$/, ''));
  }

  /** @param {string} reason told to those still waiting */
  end(reason) {
    if (this.#rest !== '') this.#add(this.#rest);
    this.#rest = '';
    this.#endReason = reason;
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
    for (const waiter of [...this.#waiters]) waiter.onEnd(reason);
  }

  /** @param {number} count */
  tail(count) {
    return [...this.#lines, ...(this.#rest === '' ? [] : [this.#rest])].slice(-count).join('\n');
  }

  /**
   * @param {RegExp} pattern
   * @param {number} timeoutMs
   * @returns {Promise<RegExpExecArray>}
   */
  waitFor(pattern, timeoutMs) {
    for (const line of this.#lines) {
      const match = pattern.exec(line);
      if (match) return Promise.resolve(match);
    }
    return new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ reason) => {
        settle();
        reject(new Error(`${reason}; waited for ${pattern}; last lines:\n${this.tail(30)}`));
      };
      const waiter = {
        onLine: (/** @type {string} */ line) => {
          const match = pattern.exec(line);
          if (!match) return;
          settle();
          resolve(match);
        },
        onEnd: fail,
      };
      const timer = setTimeout(() => fail(`not seen within ${timeoutMs} ms`), timeoutMs);
      const settle = () => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      this.#waiters.add(waiter);
      if (this.#endReason !== undefined) fail(this.#endReason);
    });
  }

  /** @param {string} line */
  #add(line) {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.splice(0, this.#lines.length - KEPT_LINES);
    this.#onLine?.(line);
    for (const waiter of [...this.#waiters]) waiter.onLine(line);
  }
}
