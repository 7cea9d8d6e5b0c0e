import { HORIZON } from './query.ts';
import type { PricedQuery } from './query.ts';
import type { PricedJourney } from './reconstruct.ts';

/** Answers for the departures at `query.time` or later. */
type Search = (query: PricedQuery) => {
  readonly journeys: readonly PricedJourney[];
  readonly partial: boolean;
};

interface Answer {
  readonly journeys: PricedJourney[];
  readonly partial: boolean;
}

/**
 * Chains over vias for a window of departures. Who leaves later has no journey that one who leaves earlier has not:
 * for each number of rides the earliest arrival never falls as the departure moves on. So nothing new lies between
 * the minute that was asked and the first departure among the answers, and the next question begins after it.
 */
export function range(search: Search, query: PricedQuery, window: number): Answer {
  const last = query.time + window;
  const found: PricedJourney[] = [];
  const horizon = query.horizon ?? HORIZON;
  // One question beyond the window: what leaves later and arrives no later beats what leaves within.
  for (let time = query.time; time <= last + 1;) {
    // Whoever leaves later still arrives within the horizon of the first departure.
    const { journeys, partial } = search({
      ...query,
      time,
      minRides: 1,
      horizon: query.time + horizon - time,
    });
    if (partial) return { journeys: within(found, last), partial };
    let next = last;
    for (const journey of earliest(journeys)) {
      found.push(journey);
      next = Math.min(next, journey.departure);
    }
    if (journeys.length === 0) break;
    time = time > last ? time + 1 : next + 1;
  }
  return { journeys: within(found, last), partial: false };
}

const within = (journeys: readonly PricedJourney[], last: number): PricedJourney[] =>
  lastFirst(journeys).filter(({ departure }) => departure <= last);

/**
 * The latest departures that arrive by `query.time`, for every number of rides: bisection over the minute of
 * departure, the most rides first, since fewer rides never let one leave later.
 */
export function latestDepartures(search: Search, query: PricedQuery): Answer {
  const answers: PricedJourney[] = [];
  const begin = query.time - (query.horizon ?? HORIZON);
  let end = query.time + 1;
  for (let { maxRides } = query; maxRides >= 0;) {
    const ask = (time: number): Found => {
      const { journeys, partial } = search({ ...query, time, maxRides, horizon: query.time - time });
      return { journeys: earliest(journeys), partial };
    };
    const last = latest(ask, begin, end);
    // At the last minute at which anything leaves, the one with the fewest rides.
    const { journeys, partial } = last.minute === undefined ? last : ask(last.minute);
    if (partial) return { journeys: answers.toReversed(), partial };
    const [best] = journeys;
    if (!best) break;
    answers.push(best);
    end = best.departure + 1;
    maxRides = best.rides - 1;
  }
  return { journeys: answers.toReversed(), partial: false };
}

interface Found {
  readonly journeys: readonly PricedJourney[];
  readonly partial: boolean;
}

/** The last minute, of `begin` to the one before `end`, at which a journey leaves; an answer tells when it does. */
function latest(
  ask: (time: number) => Found,
  begin: number,
  end: number,
): Found & { readonly minute: number | undefined } {
  let minute: number | undefined;
  let [possible, impossible] = [begin, end];
  // Backward in growing steps, for short searches are quick; then the half of what is left.
  for (let step = FIRST_STEP; possible < impossible;) {
    const time =
      minute === undefined ? Math.max(begin, impossible - step) : possible + ((impossible - possible) >> 1);
    const { journeys, partial } = ask(time);
    if (partial) return { minute: undefined, journeys: [], partial };
    if (journeys.length > 0) {
      minute = Math.max(...journeys.map(({ departure }) => departure));
      possible = minute + 1;
    } else {
      impossible = time;
      step *= 2;
    }
  }
  return { minute, journeys: [], partial: false };
}

const FIRST_STEP = 60;

/** For each number of rides the first to arrive, where it is earlier than with fewer; the last to leave of equals. */
function earliest(journeys: readonly PricedJourney[]): PricedJourney[] {
  const sorted = journeys.toSorted(
    (a, b) => a.rides - b.rides || a.arrival - b.arrival || b.departure - a.departure,
  );
  let arrival = Infinity;
  return sorted.filter((journey) => {
    if (journey.arrival >= arrival) return false;
    ({ arrival } = journey);
    return true;
  });
}

/** Without those that leave no later, arrive no earlier and have no fewer rides than another; the first stays. */
function lastFirst(journeys: readonly PricedJourney[]): PricedJourney[] {
  const sorted = journeys.toSorted(
    (a, b) => b.departure - a.departure || a.arrival - b.arrival || a.rides - b.rides,
  );
  const kept: PricedJourney[] = [];
  for (const journey of sorted)
    if (!kept.some(({ arrival, rides }) => arrival <= journey.arrival && rides <= journey.rides))
      kept.push(journey);
  return kept;
}
