import { z } from 'zod';
import { legModes, type LegMode } from '../journeys/contract.ts';
import { cell, datedProvenance, inForce, listCell, readTable } from '../rule-tables/index.ts';

const platformRow = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  modes: listCell.pipe(z.array(z.enum(legModes)).min(1)),
  /** By what is known of the link, never by commission. */
  rank: cell(),
  /** Template of `linkTemplate.ts`; empty: only the page. */
  url: z.string(),
  home: z.url({ protocol: /^https$/ }),
  copy: z.enum(['', 'yes']),
  account: z.enum(['sells', 'compares', 'shows']),
  /** Parameter by which its reports tell clicks apart; empty: none is known. */
  sub_id_param: z.string().regex(/^([A-Za-z][A-Za-z0-9_]{0,31})?$/),
  ...datedProvenance,
});
export type Platform = z.infer<typeof platformRow>;

let read: readonly Platform[] | undefined;
export const platforms = (): readonly Platform[] => (read ??= readTable('rules/platforms.csv', platformRow));

/** Those for a mode on a day, the best known link first. */
export const platformsFor = (mode: LegMode, day: string): Platform[] =>
  platforms()
    .filter((row) => row.modes.includes(mode) && inForce(row, day))
    .toSorted((a, b) => a.rank - b.rank);

let known: ReadonlySet<string> | undefined;
const knownHosts = (): ReadonlySet<string> =>
  (known ??= new Set(
    platforms().flatMap(({ url, home }) => [url, home].filter(Boolean).map((text) => hostOf(text))),
  ));

/** The host stands before anything a template fills in. */
const hostOf = (template: string): string => new URL(template.replaceAll(/\{[^}]*\}/g, 'x')).hostname;

// What browsers drop or bend before they read an address: https://url.spec.whatwg.org/#url-parsing
const BENT = /[\s\\\p{Cc}\p{Cf}]/u;

/**
 * The address when a traveller may be sent there: https, exactly one of the hosts of the table, no user, no port,
 * nothing that browsers read differently. Else null.
 */
export function allowedAddress(text: string): string | null {
  if (text.length > 2000 || BENT.test(text) || !text.startsWith('https://')) return null;
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, host, username, password } = new URL(text);
  const written = /^https:\/\/([^/?#]*)/.exec(text)?.[1];
  if (protocol !== 'https:' || username !== '' || password !== '') return null;
  return knownHosts().has(hostname) && host === hostname && written === hostname ? text : null;
}
