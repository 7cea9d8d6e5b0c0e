import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../../errors.ts';
import type { Layer } from './around.ts';

const KIB = 1024;
const BODY_BYTES = 64 * KIB;
/**
 * These take a route as a search answered it. With eight stops on the way it has about 70 KB, most of it classes and
 * concessions that are left out before it is kept (64 KiB, as the CHECK says).
 */
const WITH_ROUTE = /^\/api\/v1\/(clicks|plan-b|trips|trips\/.+|saved-routes)$/;
const ROUTE_BYTES = 128 * KIB;
const MAX_DEPTH = 16;

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Refuses an address that holds a NUL: no name and no id does, and the database takes none. */
export const storableAddress: Layer = {
  before: (c) => {
    if (c.req.url.includes('%00')) throw invalid('address', 'holds a NUL');
  },
};

/**
 * Lets through what a route can read: JSON and nothing else, of bounded size and depth, with text that the database
 * can hold. Throws `PAYLOAD_TOO_LARGE`, `UNSUPPORTED_MEDIA_TYPE` and `INVALID_REQUEST`.
 */
export function jsonBodies(): Layer {
  const [usual, route] = [countedBody(BODY_BYTES), countedBody(ROUTE_BYTES)];
  const read = async (c: Context): Promise<void> => {
    await (WITH_ROUTE.test(c.req.path) ? route : usual)(c, async () => {
      const text = await c.req.text();
      if (text !== '') checkJson(c, text);
    });
  };
  return {
    before: (c) => (c.req.method === 'GET' || c.req.method === 'HEAD' ? undefined : read(c)),
  };
}

/** Refuses a body above `maxSize` bytes, by its length where the client says it, else by counting. */
function countedBody(maxSize: number): MiddlewareHandler {
  const tooLarge = (): never => {
    throw new AppError('PAYLOAD_TOO_LARGE', `Send at most ${maxSize / KIB} KiB`, {
      facts: { maxBytes: maxSize },
    });
  };
  const counting = bodyLimit({ maxSize, onError: tooLarge });
  return (c, next) => {
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counting(c, next);
    return Number(length) > maxSize ? tooLarge() : next().then(() => undefined);
  };
}

function checkJson(c: Context, text: string): void {
  const type = c.req.header('content-type');
  if (!JSON_TYPE.test(type ?? ''))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8', {
      facts: { accept: ['application/json'] },
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('body', 'is not valid JSON');
  }
  const fault = textFault(value, []);
  if (fault) throw invalid(fault.path.join('.') || 'body', fault.message);
}

interface TextFault {
  readonly path: readonly string[];
  readonly message: string;
}

/** The first thing in a body that no field may hold. */
function textFault(value: unknown, path: readonly string[]): TextFault | null {
  if (path.length > MAX_DEPTH)
    return { path: path.slice(0, 3), message: `is nested more than ${MAX_DEPTH} levels deep` };
  if (typeof value === 'string')
    return isStorable(value) ? null : { path, message: 'holds a NUL or half a character' };
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    // In most libraries this name sets the prototype instead of a field.
    if (key === '__proto__' || !isStorable(key))
      return { path, message: 'has a field with a forbidden name' };
    const fault = textFault(member, [...path, key]);
    if (fault) return fault;
  }
  return null;
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const invalid = (path: string, message: string): AppError =>
  new AppError('INVALID_REQUEST', `${path}: ${message}`, { facts: { fields: [{ path, message }] } });
