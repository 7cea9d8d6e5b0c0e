import type { TripQuery } from '../../search/query.ts';
import type { SearchResponse } from '../../search/shapes.ts';
import { resultWords } from '../../words/results.ts';
import { durationText, longDate, priceRange } from '../../words/say.ts';
import { timeText } from '../search/WhenFields.tsx';

/** "Thu 10 Dec 2026, leave after 08:00 · fastest 6 h 40 m · cheapest about ₹1,240". */
export function summary(answer: SearchResponse, query: TripQuery): string {
  const pick = (id: string | null) => answer.routes.find((route) => route.id === id);
  const fastest = pick(answer.picks.FASTEST);
  const cheapest = pick(answer.picks.CHEAPEST);
  const price = cheapest?.effectivePrice ?? cheapest?.price;
  return [
    resultWords.summary(longDate(answer.date), timeText(answer.time, query.arriveBy).toLowerCase()),
    ...(fastest ? [resultWords.fastest(durationText(fastest.durationMinutes))] : []),
    ...(price ? [resultWords.cheapest(priceRange(price))] : []),
  ].join(' · ');
}
