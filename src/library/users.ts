import type { Queryable } from '../database/connect.ts';
import { constraintOf } from '../database/sqlstate.ts';
import { AppError } from '../errors.ts';

/**
 * Makes the user known under the app's own id, so that trips can belong to them; again, it renews address and name.
 * Throws `CONFLICT` when the address belongs to another user.
 */
export async function ensureUser(
  service: Queryable,
  user: { readonly id: string; readonly email: string; readonly name?: string | null | undefined },
): Promise<void> {
  try {
    await service.query({
      name: 'ensure user of app',
      text: `INSERT INTO users AS kept (id, email, name) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = coalesce(excluded.name, kept.name)
             WHERE (kept.email, kept.name) IS DISTINCT FROM (excluded.email, coalesce(excluded.name, kept.name))`,
      values: [user.id, user.email, user.name || null],
    });
  } catch (error) {
    if (constraintOf(error) !== 'users_email_key') throw error;
    throw new AppError('CONFLICT', 'Another user has this e-mail address', { cause: error });
  }
}
