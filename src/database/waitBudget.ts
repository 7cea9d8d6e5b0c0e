/** How long the work of one request may wait for the database. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Time runs while a connection is waited for or held, once however many are; work in between costs nothing. */
class WaitBudget {
  #leftMs: number;
  #waits = 0;
  #since = 0;
  #ended = false;

  constructor(ms: number) {
    this.#leftMs = ms;
  }

  get leftMs(): number {
    return this.#leftMs - (this.#waits > 0 ? performance.now() - this.#since : 0);
  }

  get ended(): boolean {
    return this.#ended;
  }

  begin(): void {
    if (this.#waits++ === 0) this.#since = performance.now();
  }

  end(): void {
    if (--this.#waits === 0) this.#leftMs -= performance.now() - this.#since;
  }

  /** What was begun and not awaited (a batch of analytics) goes on without a budget. */
  close(): void {
    this.#ended = true;
  }
}

export type { WaitBudget };

const current = new AsyncLocalStorage<WaitBudget>();

/**
 * Runs `work`, whose statements together wait at most `ms` for the database: then they fail with `UNAVAILABLE` and
 * their connections are given up, however the server or the network hangs. Inside another budget the new one counts.
 */
export async function withinBudget<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const budget = new WaitBudget(ms);
  try {
    return await current.run(budget, work);
  } finally {
    budget.close();
  }
}

/** The budget of {@link withinBudget}; undefined outside it and after it. */
export function currentBudget(): WaitBudget | undefined {
  const budget = current.getStore();
  return budget?.ended ? undefined : budget;
}
