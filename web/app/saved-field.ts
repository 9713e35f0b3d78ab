import type { Clock } from '../../shared/clock.ts';
import { ApiError, type SendOptions } from './api.ts';

/** What a field needs. */
export interface SavedFieldOptions {
  readonly clock: Clock;
  /** Sends a value to the server; `isLast`: the page may end meanwhile. Rejects with ApiError. */
  save(value: string, options?: SendOptions): Promise<void>;
  /** What is shown has changed. */
  changed(): void;
  /** A value was not taken; the first time in a row. `isFinal`: it is not tried again by itself. */
  failed(error: unknown, value: string, isFinal: boolean): void;
  /** Keeps a value on this device until the server has it. */
  readonly shelf?: Shelf;
}

/** A place that outlives the page. */
export interface Shelf {
  read(): KeptDraft | undefined;
  /** Undefined: nothing waits any more. */
  write(draft: KeptDraft | undefined): void;
}

/** A value that the server does not have, and the one that it was to replace. */
export interface KeptDraft {
  readonly value: string;
  readonly before: string;
}

/** Milliseconds before a failed save is tried again, at first and at most. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

/**
 * A field that saves itself: what the server has, what is being sent, and what was typed since. An answer never replaces what was
 * typed after its request. What cannot be sent stays and is retried. While nobody types here, it shows what others make of it.
 */
export class SavedField {
  readonly #options: SavedFieldOptions;
  /** What the server has, as far as is known; undefined before it said anything. */
  #known: string | undefined;
  #draft: string | undefined;
  /** The draft is to be sent as it stands. */
  #isDue = false;
  #sending: string | undefined;
  /** The server has told a value since the one under way was sent; it knows better than the answer. */
  #isToldSince = false;
  #hasFailed = false;
  #wait = FIRST_WAIT;
  #cancelRetry = (): void => undefined;

  constructor(options: SavedFieldOptions) {
    this.#options = options;
  }

  get shown(): string {
    return this.#draft ?? this.#known ?? '';
  }

  /** Somebody has begun to type, or what they typed is not on the server yet. */
  get isTouched(): boolean {
    return this.#draft !== undefined;
  }

  /** The server did not take what is shown. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** The server has this value now, from whomever. */
  tell(value: string): void {
    const kept = this.#known === undefined ? this.#options.shelf?.read() : undefined;
    this.#known = value;
    this.#isToldSince = true;
    if (kept !== undefined && this.#draft === undefined) {
      // What others have called it meanwhile is newer.
      if (kept.before === value) this.#take(kept.value);
      else this.#options.shelf!.write(undefined);
    }
    this.#options.changed();
  }

  /** Somebody types. */
  type(value: string): void {
    this.#draft = value;
    this.#isDue = false;
    this.#calm();
    this.#options.changed();
  }

  /** They have finished: what they typed is sent. Nothing at all is no value. */
  commit(): void {
    const value = this.#draft?.trim();
    if (value === undefined) return;
    if (value === '' || (value === this.#known && this.#sending === undefined)) this.cancel();
    else this.#take(value);
  }

  /** What was typed is put away. */
  cancel(): void {
    this.#draft = undefined;
    this.#isDue = false;
    this.#calm();
    this.#options.shelf?.write(undefined);
    this.#options.changed();
  }

  /** Tries now what would be tried later: there may be a connection again. */
  retry(): void {
    this.#cancelRetry();
    void this.#send();
  }

  /** The page may end here: what was typed is sent, finished or not, and kept. */
  leave(): void {
    this.#cancelRetry();
    const value = this.#draft?.trim();
    if (value === undefined || value === '' || value === this.#known) return;
    this.#keep(value);
    // Once more if it is in flight: the browser cancels the requests of a page that ends.
    void this.#options.save(value, { isLast: true }).catch(() => undefined);
  }

  #take(value: string): void {
    this.#draft = value;
    this.#isDue = true;
    this.#calm();
    this.#keep(value);
    this.#options.changed();
    void this.#send();
  }

  async #send(): Promise<void> {
    if (!this.#isDue || this.#draft === undefined || this.#sending !== undefined) return;
    const value = this.#draft;
    this.#sending = value;
    this.#isToldSince = false;
    const error = await this.#options.save(value).then(
      () => undefined,
      (reason: unknown) => reason ?? new Error('Not saved'),
    );
    this.#sending = undefined;
    if (error === undefined) this.#succeed(value);
    else if (this.#isDue && this.#draft === value) this.#fail(error, value);
    this.#options.changed();
    // What was finished meanwhile is another value.
    if (this.#draft !== value) void this.#send();
  }

  #succeed(value: string): void {
    if (!this.#isToldSince) this.#known = value;
    if (this.#draft !== value || !this.#isDue) return;
    this.#draft = undefined;
    this.#isDue = false;
    this.#calm();
    this.#options.shelf?.write(undefined);
  }

  #fail(error: unknown, value: string): void {
    const isFinal = !isPassing(error);
    if (!this.#hasFailed || isFinal) this.#options.failed(error, value, isFinal);
    this.#hasFailed = true;
    if (isFinal) {
      this.#isDue = false;
      this.#options.shelf?.write(undefined);
      return;
    }
    const wait = Math.max(this.#wait, (error instanceof ApiError && error.retryAfter) || 0);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    this.#cancelRetry = this.#options.clock.after(wait, () => void this.#send());
  }

  #calm(): void {
    this.#cancelRetry();
    this.#hasFailed = false;
    this.#wait = FIRST_WAIT;
  }

  #keep(value: string): void {
    if (this.#known !== undefined) this.#options.shelf?.write({ value, before: this.#known });
  }
}

/** Whether the same value may be taken a little later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return ['unreachable', 'unavailable', 'rate_limited', 'internal'].includes(error.code);
}
