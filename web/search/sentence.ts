/** An option as one sentence. */
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { clockOf, modeSentence, priceRange, spokenDuration, weekdayName } from '../words/say.ts';
import type { Route } from './shapes.ts';

/**
 * The heading of an option for those who hear it: "Option 2, balanced: train and metro, leaves Fri 21:05, arrives
 * Sat 13:20, 16 hours 15 minutes, …".
 */
export function optionSentence(route: Route, position: number, passengers: number): string {
  const { card } = searchWords;
  const { units, picks } = siteWords;
  const labels = units.and(route.labels.map((label) => picks[label].toLowerCase()));
  const tight = route.tightestChange;
  const parts = [
    `${card.option} ${position}${labels === '' ? '' : `, ${labels}`}: ${modeSentence(route.legs.map(({ mode }) => mode))}`,
    card.leaves(weekdayName(route.departure), clockOf(route.departure)),
    card.arrives(weekdayName(route.arrival), clockOf(route.arrival)),
    spokenDuration(route.durationMinutes),
    units.changes(route.changes),
    route.price === null
      ? card.noPrice.toLowerCase()
      : `${units.about(priceRange(route.price))} ${card.forParty(passengers)}`,
    ...(tight === null ? [] : [card.tightestSpoken(spokenDuration(tight.minutes), tight.place)]),
  ];
  return `${parts.join(', ')}${card.sentenceEnd}`;
}
