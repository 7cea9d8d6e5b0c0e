import type { Context } from 'hono';

/** What the server adds to a request: its socket. Absent in requests made in this process. */
interface Connection {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * The address a request came from. Each of `trustedProxies` in front of the server appended to X-Forwarded-For whom
 * it heard, so the client is that many entries from the right; what stands further left anybody may write. Without a
 * trusted proxy, or when fewer entries came than proxies are trusted, it is whoever opened the connection.
 */
export function clientAddress(c: Context, trustedProxies: number): string | undefined {
  const peer = (c.env as Connection | undefined)?.incoming?.socket?.remoteAddress;
  if (trustedProxies === 0) return peer;
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',');
  return withoutPort(hops.at(-trustedProxies)?.trim() ?? '') || peer;
}

/** Some proxies append the port: `192.0.2.7:51234`, `[2001:db8::1]:51234`. */
const withoutPort = (address: string): string =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address)?.[1] ?? address;
