/** What a form without a script sends, and what an address to it says. */
import { type SearchQuery, searchQuerySchema } from '../journeys/contract.ts';
import { readInput } from '../../errors.ts';

export const SEARCH_PAGE = '/search';

/** The form sends every field: what is empty was not asked. A place to visit and its stay are fields of their own. */
export function pairsAsked(params: URLSearchParams): URLSearchParams {
  const asked = new URLSearchParams();
  const stays = params.getAll('stay');
  let stop = 0;
  for (const [name, value] of params) {
    const text = value.trim();
    if (name === 'stop') {
      const stay = stays[stop];
      stop += 1;
      if (text !== '') asked.append(name, stay === undefined ? text : `${text}:${stay}`);
    } else if (name !== 'stay' && text !== '') asked.append(name, text);
  }
  return asked;
}

/** Whether a search was asked for at all, in contrast to the empty form. */
export const isAsked = (asked: URLSearchParams): boolean => asked.has('origin') || asked.has('destination');

/** Throws `INVALID_REQUEST` that names each field. */
export function queryAsked(asked: URLSearchParams): SearchQuery {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(asked.keys())) {
    const values = asked.getAll(name);
    query[name] = values.length === 1 ? values[0]! : values;
  }
  return readInput(searchQuerySchema, { origin: '', destination: '', ...query }, 'query');
}

/** Path and query of the page for a search, changed in some fields. */
export function addressOf(
  asked: URLSearchParams,
  changed: Readonly<Record<string, string | readonly string[]>> = {},
): string {
  const params = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(changed)) {
    params.delete(name);
    for (const one of [value].flat()) params.append(name, one);
  }
  return `${SEARCH_PAGE}?${params.toString()}`;
}

/** The search of the full page from where a reader without a script comes, if one was asked for there. */
export function askedBefore(referrer: string | undefined, own: string): URLSearchParams | null {
  if (referrer === undefined || !URL.canParse(referrer)) return null;
  const { origin, pathname, searchParams } = new URL(referrer);
  return origin === new URL(own).origin && pathname === '/' ? searchParams : null;
}
