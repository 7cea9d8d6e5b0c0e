/** The only door to rows that belong to a user. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../errors.ts';

const current = new AsyncLocalStorage<string>();

/**
 * Runs `work` as this user: every statement it sends as rs_app, by Prisma or by `Database.query`, sees and changes
 * this user's rows only. Plan first, then enter; a transaction inside stays short.
 * Throws `UNAUTHENTICATED` for an empty id and `INTERNAL` when another user's work is still going on around it.
 */
export async function asUser<T>(userId: string, work: () => Promise<T>): Promise<T> {
  if (userId === '') throw new AppError('UNAUTHENTICATED', 'No user');
  const around = current.getStore();
  if (around !== undefined && around !== userId)
    throw new AppError('INTERNAL', 'asUser inside the work of another user');
  // Awaited inside: a Prisma promise sends nothing before it is awaited.
  return current.run(userId, async () => await work());
}

/** Whose work this is; undefined outside {@link asUser}. */
export const currentUser = (): string | undefined => current.getStore();
