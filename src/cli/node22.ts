/** The package runs on Node 22 too, which lacks one thing that this program uses; loaded before it is used. */

type Close = () => unknown;

/** The part of `AsyncDisposableStack` that is used here: what was put off is done in reverse order. */
export class CloseInReverse {
  #closes: Close[] = [];

  defer(close: Close): void {
    this.#closes.push(close);
  }

  /** Hands what is to be closed to another, so that leaving the scope of this one closes nothing. */
  move(): CloseInReverse {
    const other = new CloseInReverse();
    other.#closes = this.#closes;
    this.#closes = [];
    return other;
  }

  /** Rejects with what the first failing one throws, after all have been called. */
  async disposeAsync(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closes.pop(); close; close = this.#closes.pop())
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }
}

const lacking = globalThis as { AsyncDisposableStack?: unknown };
lacking.AsyncDisposableStack ??= CloseInReverse;
