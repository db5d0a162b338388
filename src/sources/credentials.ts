import { validateHeaderName, validateHeaderValue } from 'node:http';
import { HumanError } from '../core/humanError';
import { cleanText } from '../core/trace/cleanText';
import { baseUrl } from './baseUrl';
import type { Connection } from './connection';
import { runTokenCommand } from './runTokenCommand';

/** What credentials need from outside. */
export interface CredentialsDeps {
  /** The secret stored for an origin: a token or a password. */
  readSecret(origin: string): Promise<string | undefined>;
  /** Runs the token command and answers what it printed; default `runTokenCommand`. */
  runCommand?(command: string, signal: AbortSignal): Promise<string>;
}

/** Proves who sends the requests of one connection, and only to its origin. Keeps only a command's token, in memory. */
export class Credentials {
  readonly #connection: Connection;
  readonly #deps: CredentialsDeps;
  #commandToken: string | undefined;

  constructor(connection: Connection, deps: CredentialsDeps) {
    this.#connection = connection;
    this.#deps = deps;
  }

  /**
   * The headers for a request to `url`: the connection's own and `authorization`; none when it is another origin.
   * Throws a HumanError when a secret is missing or the command fails.
   */
  async headers(url: string, signal: AbortSignal): Promise<Record<string, string>> {
    const origin = baseUrl(this.#connection).origin;
    if (new URL(url).origin !== origin) return {};
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.#connection.headers)) {
      this.#checkHeader(name, value);
      headers[name.toLowerCase()] = value;
    }
    const authorization = await this.#authorization(origin, signal);
    if (authorization !== undefined) headers.authorization = authorization;
    return headers;
  }

  /** Forgets the command's token after a 401; whether asking again may give another one. */
  renew(): boolean {
    const hadToken = this.#commandToken !== undefined;
    this.#commandToken = undefined;
    return hadToken;
  }

  #checkHeader(name: string, value: string): void {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      const where = `The header “${cleanText(name, 40)}” of the connection “${this.#connection.name}”`;
      throw new HumanError('configuration', `${where} holds a character that headers can’t.`);
    }
  }

  async #authorization(origin: string, signal: AbortSignal): Promise<string | undefined> {
    const { auth } = this.#connection;
    switch (auth.type) {
      case 'none':
        return undefined;
      case 'bearer':
        return `Bearer ${checkToken(await this.#secret(origin, 'token'), 'The stored token')}`;
      case 'basic': {
        const password = await this.#secret(origin, 'password');
        return `Basic ${Buffer.from(`${auth.username}:${password}`, 'utf8').toString('base64')}`;
      }
      case 'command':
        this.#commandToken ??= await this.#runCommand(auth.command, signal);
        return `Bearer ${this.#commandToken}`;
    }
  }

  async #secret(origin: string, what: 'token' | 'password'): Promise<string> {
    const secret = await this.#deps.readSecret(origin);
    if (secret !== undefined && secret !== '') return secret;
    throw new HumanError('unauthorized', `No ${what} is stored for ${origin}. Store one, then try again.`);
  }

  async #runCommand(command: string, signal: AbortSignal): Promise<string> {
    const run = this.#deps.runCommand ?? runTokenCommand;
    return checkToken((await run(command, signal)).trim(), 'What the token command printed');
  }
}

/** A token is one line of visible ASCII; what is none is not shown, for it may be a secret all the same. */
function checkToken(token: string, what: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  const flaw = trimmed === '' ? 'is empty' : 'is no token: it holds blanks, line breaks or other characters';
  throw new HumanError('configuration', `${what} ${flaw}.`);
}
