import type * as vscode from 'vscode';

/** Secrets of connections in VS Code's SecretStorage, each bound to the origin that it was given for. */
export class OriginSecrets {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  /** The token or password for an origin such as `https://jaeger.example.com`. */
  async read(origin: string): Promise<string | undefined> {
    return this.#storage.get(keyOf(origin));
  }

  async write(origin: string, secret: string): Promise<void> {
    await this.#storage.store(keyOf(origin), secret);
  }

  async forget(origin: string): Promise<void> {
    await this.#storage.delete(keyOf(origin));
  }
}

/** The number is the version of the format: the secret as it is. */
function keyOf(origin: string): string {
  return `whyspan.secret.1:${origin}`;
}
