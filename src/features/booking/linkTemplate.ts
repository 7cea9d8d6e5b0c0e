import { formatDate, parseDate } from '../../units/time.ts';
import type { BookableLeg } from './contract.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-12-05` in a pattern of `DD MM Mon YYYY YY`: `DD-Mon-YYYY` → `05-Dec-2026`. */
export function writeDate(date: string, pattern: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return pattern
    .replace('YYYY', year)
    .replace('YY', year.slice(2))
    .replace('Mon', MONTHS[Number(month) - 1] ?? '')
    .replace('MM', month)
    .replace('DD', day);
}

/** Values that a template may ask for; undefined where the leg has none that the platform would know. */
export function linkValues(leg: BookableLeg, passengers: number): (name: string) => string | undefined {
  const date = leg.departure.slice(0, 10);
  return (name) => {
    const [, end, part] = /^(from|to)\.(\w+)$/.exec(name) ?? [];
    if (end !== undefined) return ofPlace(leg[end as 'from' | 'to'], part!);
    if (name === 'passengers') return String(passengers);
    if (name.startsWith('date:')) return writeDate(checkedDate(date), name.slice('date:'.length));
    throw new Error(`No link value is called ${name}`);
  };
}

const checkedDate = (date: string): string => formatDate(parseDate(date)!);

const STATION = /^[A-Z]{1,5}$/;
const AIRPORT = /^[A-Z]{3}$/;

function ofPlace(place: BookableLeg['from'], part: string): string | undefined {
  switch (part) {
    case 'code':
      return place.code !== null && STATION.test(place.code) ? place.code : undefined;
    case 'iata':
      return place.code !== null && AIRPORT.test(place.code) ? place.code : undefined;
    case 'slug':
      return slug(place.city ?? place.name);
    case 'name':
      return place.name.trim() || undefined;
    case 'lat':
    case 'lng':
      return place[part].toFixed(5);
    default:
      throw new Error(`A place has no ${part} for links`);
  }
}

/** `Sawai Madhopur` → `sawai-madhopur`; undefined when nothing of the Latin alphabet is in it. */
export const slug = (name: string): string | undefined =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || undefined;

/** The address with one more parameter. Not by `URL`, which writes `/` and `%20` of the other ones anew. */
export function withSubId(address: string, parameter: string, subId: string): string {
  const [, page = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(address) ?? [];
  const glue = page.includes('?') ? '&' : '?';
  return `${page}${glue}${parameter}=${encodeURIComponent(subId)}${fragment}`;
}

/** What no address has outside of its host (RFC 3986, 3.3 and 3.4). The tables write it plainly: `pickup[nickname]`. */
const NOT_PLAIN = /[[\]|^`<>"]/g;

/**
 * Fills `{name}` and `{name|lower}`; every value is percent-encoded, except the slashes of a date. Null when one of
 * them has no value: a page that opens half filled in is worse than one that opens empty.
 */
export function fillTemplate(template: string, valueOf: (name: string) => string | undefined): string | null {
  let whole = true;
  const url = template.replaceAll(/\{([^}|]+)(\|lower)?\}/g, (_, name: string, lower?: string) => {
    const value = valueOf(name);
    if (value === undefined) {
      whole = false;
      return '';
    }
    const written = lower === undefined ? value : value.toLowerCase();
    return name.startsWith('date:') ? written : encodeURIComponent(written);
  });
  return whole ? url.replaceAll(NOT_PLAIN, encodeURIComponent) : null;
}
