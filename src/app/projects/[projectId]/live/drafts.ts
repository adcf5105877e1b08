import { ShotboardError } from "@/lib/errors";
import type { Problem } from "../../../_data/problem";

/** What is being typed into one field and is not stored yet. */
export interface Draft {
  text: string;
  /** What was stored when typing began. */
  base: string;
  phase: "typing" | "saving" | "failed" | "conflict";
  problem: Problem | null;
  /** What somebody else stored meanwhile, in a conflict. */
  theirs: string | null;
}

/** Stores a text that was typed on top of `base`. Throws `Overtaken` where something else is stored by now. */
export type SaveText = (text: string, base: string) => Promise<void>;

/** Somebody else changed the field while it was being edited. */
export class Overtaken extends ShotboardError {
  readonly theirs: string;

  constructor(theirs: string) {
    super("CONFLICT", "This was changed elsewhere meanwhile: it stays as it is.", { reason: "overtaken" });
    this.theirs = theirs;
  }
}

/** ms after the last key until what was typed is stored. */
const PAUSE = 500;

interface Entry {
  draft: Draft;
  save: SaveText;
  timer: ReturnType<typeof setTimeout> | null;
}

/**
 * Texts that are being typed, by field. They outlive the fields: choosing another shot stores what was typed, and
 * what could not be stored waits here until its shot is chosen again. Nothing that arrives overwrites them.
 */
export class Drafts {
  readonly #entries = new Map<string, Entry>();
  /** What is on its way: who waits for a text to be stored waits for that. */
  readonly #saving = new Map<string, Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #texts: readonly string[] = [];
  readonly #toProblem: (error: unknown) => Problem;

  constructor(toProblem: (error: unknown) => Problem) {
    this.#toProblem = toProblem;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(key: string): Draft | null {
    return this.#entries.get(key)?.draft ?? null;
  }

  /** Whether anything typed is not stored. */
  get hasAny(): boolean {
    return this.#entries.size > 0;
  }

  /** All that was typed and is not stored; the same array until it changes. */
  readonly texts = (): readonly string[] => this.#texts;

  /** Takes what was typed; it is stored after a pause. `stored` is what the field showed before. */
  type(key: string, text: string, stored: string, save: SaveText): void {
    const known = this.#entries.get(key);
    if (known?.timer) clearTimeout(known.timer);
    const draft: Draft = {
      text,
      base: known?.draft.base ?? stored,
      phase: "typing",
      problem: null,
      theirs: null,
    };
    if (known?.draft.phase === "saving") draft.phase = "saving";
    const timer = setTimeout(() => void this.store(key), PAUSE);
    this.#entries.set(key, { draft, save, timer });
    this.#tell();
  }

  /** Stores what was typed, now. Resolves when it is stored, or says why not in its draft. */
  async store(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (!entry || entry.draft.phase === "conflict") return;
    if (entry.draft.phase === "saving") return this.#saving.get(key);
    const saving = this.#save(key, entry).finally(() => {
      if (this.#saving.get(key) === saving) this.#saving.delete(key);
    });
    this.#saving.set(key, saving);
    await saving;
  }

  async #save(key: string, entry: Entry): Promise<void> {
    if (entry.timer) clearTimeout(entry.timer);
    const { text, base } = entry.draft;
    if (text === base) return this.drop(key);
    this.#change(key, { phase: "saving", problem: null });
    try {
      await entry.save(text, base);
    } catch (error) {
      if (error instanceof Overtaken) this.#change(key, { phase: "conflict", theirs: error.theirs });
      else this.#change(key, { phase: "failed", problem: this.#toProblem(error) });
      return;
    }
    const now = this.#entries.get(key);
    if (!now) return;
    if (now.draft.text === text) return this.drop(key);
    // More was typed while it was being stored.
    this.#change(key, { phase: "typing", base: text });
    await this.#save(key, now);
  }

  /** Stores all that was typed. */
  async storeAll(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((key) => this.store(key)));
  }

  /** Ends a conflict: the typed text is stored over the other one. */
  async keepMine(key: string): Promise<void> {
    const theirs = this.get(key)?.theirs;
    if (theirs == null) return;
    this.#change(key, { phase: "typing", base: theirs, theirs: null });
    await this.store(key);
  }

  /** Gives up what was typed. */
  drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry?.timer) clearTimeout(entry.timer);
    if (this.#entries.delete(key)) this.#tell();
  }

  #change(key: string, change: Partial<Draft>): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    entry.draft = { ...entry.draft, ...change };
    this.#tell();
  }

  #tell(): void {
    this.#texts = [...this.#entries.values()].map(({ draft }) => draft.text);
    for (const listener of this.#listeners) listener();
  }
}
