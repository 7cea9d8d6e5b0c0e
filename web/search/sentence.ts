/** An option as one sentence. */
import { resultWords } from '../words/results.ts';
import { placeName } from '../words/placeNames.ts';
import { clockOf, modeSentence, priceRange, spokenDuration, weekdayName } from '../words/say.ts';
import { siteWords } from '../words/site.ts';
import type { Route } from './shapes.ts';

/**
 * The heading of an option for those who hear it: "Option 2, balanced: train and metro, leaves Fri 21:05, arrives
 * Sat 13:20, 16 hours 15 minutes, 2 changes, about ₹3,450–3,900 for 2, tightest change 40 minutes at New Delhi, safe."
 */
export function optionSentence(route: Route, position: number, passengers: number): string {
  const { card, risk } = resultWords;
  const { units, picks } = siteWords;
  const labels = units.and(route.labels.map((label) => picks[label].toLowerCase()));
  const tight = route.tightestChange;
  const price = route.effectivePrice ?? route.price;
  const parts = [
    `${card.option} ${position}${labels === '' ? '' : `, ${labels}`}: ${modeSentence(route.legs.map(({ mode }) => mode))}`,
    card.leaves(weekdayName(route.departure), clockOf(route.departure)),
    card.arrives(weekdayName(route.arrival), clockOf(route.arrival)),
    spokenDuration(route.durationMinutes),
    units.changes(route.changes),
    price === null
      ? card.noPrice.toLowerCase()
      : `${units.about(priceRange(price))} ${card.forParty(passengers)}`,
    ...(tight === null ? [] : [card.tightestSpoken(spokenDuration(tight.minutes), placeName(tight.place))]),
    ...(tight === null || route.risk === null ? [] : [risk.words[route.risk.word].toLowerCase()]),
  ];
  return `${parts.join(', ')}${card.sentenceEnd}`;
}
