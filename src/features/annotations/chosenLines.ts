import type { SiteClues, SitePlace } from '../../core/mapping/resolveSite';
import type { SpanSite } from '../../core/store/spanSite';

/** Where choices are kept: a Memento of VS Code. */
export interface ChoiceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** What a choice is made for. */
export type ChoiceSubject = SiteClues & Pick<SpanSite, 'service'>;

interface Choice {
  readonly file: string;
  readonly functionName: string | undefined;
}

const memoryKey = 'whyspan.chosenLines';
const mostKept = 500;

/** Which of several places makes the spans of a site, as the user said. Kept by service, name and code attributes, not by lines, which move. */
export class ChosenLines {
  readonly #memory: ChoiceMemory;

  constructor(memory: ChoiceMemory) {
    this.#memory = memory;
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
    await this.#memory.update(memoryKey, Object.fromEntries([...all].slice(-mostKept)));
  }

  #all(): Map<string, Choice> {
    const kept = this.#memory.get(memoryKey);
    const all = new Map<string, Choice>();
    if (typeof kept !== 'object' || kept === null) return all;
    for (const [key, value] of Object.entries(kept)) {
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
  if (typeof value !== 'object' || value === null || !('file' in value)) return undefined;
  const functionName = 'functionName' in value ? value.functionName : undefined;
  const isSound = functionName === undefined || typeof functionName === 'string';
  return typeof value.file === 'string' && isSound ? { file: value.file, functionName } : undefined;
}
