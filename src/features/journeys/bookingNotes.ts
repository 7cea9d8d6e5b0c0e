import { type EpochDay, formatShortDate, instantOf } from '../../units/time.ts';
import { type LegToBook, type Opening, openings } from '../booking/index.ts';
import type { Leg, Route, SearchNote, SearchRequest } from './contract.ts';

/** Railway clocks. */
const ZONE = 'Asia/Kolkata';
/** Openings on so many different days are told; the others are in the booking plan of a route. */
const MOST_DAYS = 3;
const MOST_NAMES = 3;
/** So near to the journey Tatkal is worth a hint. */
const TATKAL_DAYS = 2;

/**
 * When the trains of these routes can be booked, where that is still to come, and when Tatkal opens for those that
 * leave soon or are asked for by Tatkal. Reckoned by the day, as kept answers are: what opens today is told all day.
 */
export function bookingNotes(
  routes: readonly Route[],
  { quota }: Pick<SearchRequest, 'quota'>,
  today: EpochDay,
): SearchNote[] {
  const trains = trainsOf(routes);
  const now = instantOf(today, 0, ZONE);
  const as = (fareClass: string): Opening[] =>
    openings(
      trains.map((leg, legIndex): LegToBook => ({ legIndex, leg, fareClass, trainStartsAt: null })),
      now,
    );
  const [ac, others] = [as('3A'), as('SL')];
  const soon = instantOf((today + TATKAL_DAYS) as EpochDay, 0, ZONE) * 60_000;
  const byTatkal = ac.filter(
    ({ tatkalAt, open }) =>
      tatkalAt !== null &&
      (quota === 'TATKAL' || (open && Date.parse(tatkalAt) < soon)) &&
      !isPast(tatkalAt, now),
  );
  const nameOf = ({ legIndex }: Opening): string => trains[legIndex]?.line?.name ?? 'the train';
  return [
    ...byDay(
      ac.filter(({ open }) => !open),
      ({ opensAt }) => opensAt!,
    ).map(([at, opened]): SearchNote => ({
      code: 'BOOKING_OPENS',
      text: `Booking opens on ${dayText(at)} at ${at.slice(11, 16)} for ${listed(opened.map(nameOf))}.`,
      at,
      lines: opened.map(nameOf),
    })),
    ...byDay(byTatkal, ({ tatkalAt }) => tatkalAt!).map(([at, opened]): SearchNote => {
      const otherAt = others[opened[0]!.legIndex]!.tatkalAt!;
      return {
        code: 'TATKAL_OPENS',
        text: `Tatkal opens on ${dayText(at)} at ${at.slice(11, 16)} for AC classes and at ${otherAt.slice(11, 16)} for others: ${listed(opened.map(nameOf))}.`,
        at,
        otherAt,
        lines: opened.map(nameOf),
      };
    }),
  ];
}

const isPast = (instant: string, now: number): boolean => Date.parse(instant) < now * 60_000;

/** Each train once, in the order of the routes. */
function trainsOf(routes: readonly Route[]): Leg[] {
  const trains = new Map<string, Leg>();
  for (const leg of routes.flatMap(({ legs }) => legs)) {
    if (leg.mode !== 'train' || !leg.run) continue;
    const key = `${leg.run.id} ${leg.run.serviceDate}`;
    if (!trains.has(key)) trains.set(key, leg);
  }
  return [...trains.values()];
}

/** The earliest first. */
const byDay = (opened: readonly Opening[], when: (opening: Opening) => string): [string, Opening[]][] =>
  [...Map.groupBy(opened, when)].toSorted(([one], [other]) => (one < other ? -1 : 1)).slice(0, MOST_DAYS);

const dayText = (instant: string): string =>
  `${formatShortDate(instant.slice(0, 10))} ${instant.slice(0, 4)}`;

function listed(names: readonly string[]): string {
  const told = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${told} and ${more} more` : told;
}
