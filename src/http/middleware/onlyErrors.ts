import type { MiddlewareHandler } from 'hono';

/** What is thrown is an error, as everything that answers and logs failures expects. */
export const onlyErrors: MiddlewareHandler = async (_, next) => {
  try {
    await next();
  } catch (thrown) {
    throw thrown instanceof Error ? thrown : new Error('What was thrown is no error', { cause: thrown });
  }
};
