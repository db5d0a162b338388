import { asObject, asString, own } from '../../core/decode/jsonValue';
import type { SiteClues, SitePlace } from '../../core/mapping/resolveSite';
import type { SpanSite } from '../../core/store/spanSite';
import type { Storage } from '../../platform/storage';

/** What a choice is made for. */
export type ChoiceSubject = SiteClues & Pick<SpanSite, 'service'>;

interface Choice {
  readonly file: string;
  readonly functionName: string | undefined;
}

const storageKey = 'whyspan.chosenLines';
const mostKept = 500;

/** Which of several places makes the spans of a site, as the user said. Kept by service, name and code attributes, not by lines, which move. */
export class ChosenLines {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The place that was chosen, as long as it is among those that there are. */
  choose(subject: ChoiceSubject, places: readonly SitePlace[]): SitePlace | undefined {
    const choice = this.#all().get(keyOf(subject));
    return choice && places.find((place) => isOf(choice, place));
  }

  /** Remembers a choice, or with no place takes it back. */
  async set(subject: ChoiceSubject, place: SitePlace | undefined): Promise<void> {
    const all = this.#all();
    const key = keyOf(subject);
    all.delete(key);
    if (place) all.set(key, choiceOf(place));
    await this.#storage.update(storageKey, Object.fromEntries([...all].slice(-mostKept)));
  }

  #all(): Map<string, Choice> {
    const all = new Map<string, Choice>();
    for (const [key, value] of Object.entries(asObject(this.#storage.get(storageKey)) ?? {})) {
      const choice = readChoice(value);
      if (choice) all.set(key, choice);
    }
    return all;
  }
}

function keyOf({ service, spanName, filePath, functionName }: ChoiceSubject): string {
  return JSON.stringify([service, spanName, filePath, functionName]);
}

function choiceOf({ file, inFunction }: SitePlace): Choice {
  const { name, container } = inFunction ?? {};
  return { file: file.key, functionName: container === undefined ? name : `${container}.${name}` };
}

function isOf(choice: Choice, place: SitePlace): boolean {
  const { file, functionName } = choiceOf(place);
  return file === choice.file && functionName === choice.functionName;
}

function readChoice(value: unknown): Choice | undefined {
  const kept = asObject(value) ?? {};
  const file = asString(own(kept, 'file'));
  const functionName = own(kept, 'functionName');
  const isSound = functionName === undefined || typeof functionName === 'string';
  return file !== undefined && isSound ? { file, functionName } : undefined;
}
