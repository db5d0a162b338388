import type { Disposable } from '../../core/event';
import { systemClock } from '../clock';
import type { AcceptedBody } from '../otlpReceiver/acceptedBody';
import { SharedPort, type SharedPortState } from './sharedPort';
import { askForProof, followShare } from './shareFollower';
import { readShareSecret } from './shareSecret';

/** What sharing a port needs. */
export interface PortSharingOptions {
  /** The port that was wanted, and that another window has. */
  readonly port: number;
  /** A folder that all windows of this user share. */
  readonly folder: string;
  /** Takes in what the other window has received. */
  readonly onBody: (body: AcceptedBody) => Promise<void>;
  /** Takes the port when nobody has it; whether that went well. */
  readonly claim: () => Promise<boolean>;
  readonly onDidChange: (state: SharedPortState) => void;
  readonly onError: (error: unknown) => void;
}

/** Shares the port of another window, while that is chosen. */
export class PortSharing implements Disposable {
  readonly #options: PortSharingOptions;
  #shared: SharedPort | undefined;

  constructor(options: PortSharingOptions) {
    this.#options = options;
  }

  /** `possible` while it is not chosen. */
  get state(): SharedPortState | 'possible' {
    return this.#shared?.state ?? 'possible';
  }

  /** Whether who has the port is a window of this user, and lets itself be followed. */
  async isPossible(): Promise<boolean> {
    const secret = await readShareSecret(this.#options.folder);
    return (await askForProof(this.#options.port, secret)) !== undefined;
  }

  /** Begins, or ends; a port that was taken over stays. */
  choose(isChosen: boolean): void {
    if (isChosen === (this.#shared !== undefined) || this.#shared?.state === 'holding') return;
    if (isChosen) {
      this.#shared = this.#createShared();
      this.#shared.start();
    } else this.dispose();
  }

  dispose(): void {
    this.#shared?.dispose();
    this.#shared = undefined;
  }

  #createShared(): SharedPort {
    const { port, folder, onBody, onError } = this.#options;
    // A body that shows a bug must not end the following.
    const takeIn = (body: AcceptedBody) => onBody(body).catch(onError);
    return new SharedPort({
      ...this.#options,
      follow: async (onEnd) =>
        followShare({ port, secret: await readShareSecret(folder), onBody: takeIn, onEnd }),
      clock: systemClock,
    });
  }
}
