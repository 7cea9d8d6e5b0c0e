import { AppError, readInput } from '../../errors.ts';
import { formatShortDate } from '../../units/time.ts';
import { type BookableLeg, bookableLegSchema, type HandOff } from './contract.ts';
import { fillTemplate, linkValues } from './linkTemplate.ts';
import { allowedAddress, type Platform, platformsFor } from './platforms.ts';

const MOST = 4;

/**
 * Where a leg can be booked, the best known link first, at most four. A leg on foot has none. A platform whose page
 * cannot be filled in (a value is missing, or too long) opens at its own page. Throws `INVALID_REQUEST` for what is no leg.
 */
export function handOffs(leg: BookableLeg, passengers: number): HandOff[] {
  const asked = readInput(bookableLegSchema, leg);
  return platformsFor(asked.mode, asked.departure.slice(0, 10))
    .slice(0, MOST)
    .map((platform) => handOff(platform, asked, passengers));
}

function handOff(platform: Platform, leg: BookableLeg, passengers: number): HandOff {
  const whole = platform.url === '' ? null : fillTemplate(platform.url, linkValues(leg, passengers));
  // A name of hundreds of characters makes an address that no browser need take.
  const filled = whole === null ? null : allowedAddress(whole);
  const url = filled ?? allowedAddress(platform.home);
  if (url === null) throw new AppError('INTERNAL', `The link to ${platform.id} is not on the list of hosts`);
  return {
    platform: platform.id,
    name: platform.name,
    url,
    filledIn: filled !== null,
    kind: platform.account,
    copy: platform.copy === 'yes' ? copyText(leg, passengers) : null,
  };
}

/** What to type into a page that takes no values: stations, day, train, party. */
function copyText(leg: BookableLeg, passengers: number): string {
  const place = ({ name, code }: BookableLeg['from']): string => (code === null ? name : `${name} (${code})`);
  return [
    `From ${place(leg.from)}`,
    `To ${place(leg.to)}`,
    `On ${formatShortDate(leg.departure.slice(0, 10))} ${leg.departure.slice(0, 4)}, ${leg.departure.slice(11, 16)}`,
    ...(leg.line ? [`Train ${leg.line.name}`] : []),
    `${passengers} ${passengers === 1 ? 'passenger' : 'passengers'}`,
  ].join('\n');
}
