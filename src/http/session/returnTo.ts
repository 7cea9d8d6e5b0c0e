/** Any host: what is kept of the address is the part after it. */
const BASE = 'http://own.invalid';
/** Places that send on elsewhere, or answer programs; and what is another host to whoever decodes it first. */
const NOT_A_PAGE = /^\/([/\\]|(auth|api|out)(\/|$))/;
const MAX_LENGTH = 2000;

/**
 * The page of ours that somebody wants to go back to after signing in, `/` when the text is no such page. Browsers
 * read `//host`, `/\host` and `/<tab>/host` as another host, so the text must be a path before and after it is read
 * as they read it.
 */
export function ownPage(text: unknown): string {
  if (typeof text !== 'string' || text.length > MAX_LENGTH || !/^\/(?![/\\])/.test(text)) return '/';
  // oxlint-disable-next-line no-control-regex -- browsers drop them
  if (/[\u0000-\u001f\u007f\\]/.test(text) || !URL.canParse(text, BASE)) return '/';
  const { origin, pathname, search, hash } = new URL(text, BASE);
  if (origin !== BASE || NOT_A_PAGE.test(decoded(pathname))) return '/';
  return `${pathname}${search}${hash}`;
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '/auth'; // no page of ours has such a name
  }
}
