/** An option as plain text, for a message to somebody else. */
import { legName } from '../../components/LegBar.tsx';
import type { Leg, Route } from '../../search/shapes.ts';
import { placeName } from '../../words/placeNames.ts';
import { resultWords } from '../../words/results.ts';
import { clockOf, dayName, durationText, priceRange } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';

const end = ({ name, code }: Leg['from']): string =>
  code === null ? placeName(name) : `${placeName(name)} (${code})`;

export function routeText(route: Route, passengers: number): string {
  const price = route.effectivePrice ?? route.price;
  const lines = route.legs.map(
    (leg) =>
      `${dayName(leg.departure)} ${clockOf(leg.departure)} ${end(leg.from)} → ${clockOf(leg.arrival)} ${end(leg.to)}: ${legName(leg)}`,
  );
  const total = price === null ? resultWords.card.noPrice : siteWords.units.about(priceRange(price));
  return [
    ...lines,
    `${durationText(route.durationMinutes)}, ${siteWords.units.changes(route.changes)}, ${total} ${resultWords.card.forParty(passengers)}`,
    location.href,
  ].join('\n');
}
