import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Event } from '../core/event';

/** The number is the version of the format. */
const key = 'whyspan.receiverToken.1';

/** The token that programs outside of this machine must show, made here and kept in VS Code's SecretStorage. */
export class ReceiverToken {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  /** The same in all windows; made when there is none. */
  async read(): Promise<string> {
    const kept = await this.#storage.get(key);
    return kept !== undefined && kept !== '' ? kept : this.renew();
  }

  /** Makes another one; the old one is worth nothing once all windows have heard of it. */
  async renew(): Promise<string> {
    await this.#storage.store(key, randomBytes(24).toString('base64url'));
    // Another window may have made one at the same time: the last one holds for all.
    const kept = await this.#storage.get(key);
    if (kept === undefined) throw new Error('VS Code’s secret storage keeps nothing');
    return kept;
  }

  /** It was renewed, here or in another window. */
  readonly onDidChange: Event<void> = (listener) =>
    this.#storage.onDidChange((event) => {
      if (event.key === key) listener();
    });
}
