/** No transaction begins inside another of the same async context. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../errors.ts';
import type { PrismaClient } from './generated/client.ts';

interface Scope {
  open: boolean;
}
const current = new AsyncLocalStorage<Scope>();

/**
 * Runs `work` as the one transaction of its async context. Throws `INTERNAL` inside another: the inner one would
 * commit whatever becomes of the outer, and wait for a second connection while holding one (with every connection held
 * so, nobody gets any further). What a transaction started and left running may begin its own when it has ended.
 */
export async function asOneTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (current.getStore()?.open)
    throw new AppError(
      'INTERNAL',
      'A transaction inside a transaction: give the inner work the outer `tx` (see `within`)',
    );
  const scope: Scope = { open: true };
  try {
    return await current.run(scope, work);
  } finally {
    scope.open = false;
  }
}

/** The same rule for Prisma's `$transaction`, in both its forms, on the client and on the `tx` inside. */
export function refuseNested(prisma: PrismaClient): void {
  type Begin = (this: unknown, ...given: unknown[]) => Promise<unknown>;
  // oxlint-disable-next-line typescript/unbound-method -- called with its `this` below
  const begin = prisma.$transaction as Begin;
  Object.defineProperty(prisma, '$transaction', {
    value(this: unknown, ...given: unknown[]) {
      return asOneTransaction(() => begin.apply(this, given));
    },
    configurable: true,
    writable: true,
  });
}
