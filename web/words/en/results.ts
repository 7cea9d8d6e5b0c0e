/** English words of the options that a search found. */
import type { ComfortFlagName, NoteCode, ReasonCode, RiskWord } from '../../search/shapes.ts';
import type { FilterName } from '../../search/filters.ts';
import type { Order } from '../../search/order.ts';
import { count } from './site.ts';

export const words = {
  taken: (typed: string, place: string) => `“${typed}” was taken as ${place}.`,
  summary: (day: string, when: string) => `${day}, ${when}`,
  fastest: (duration: string) => `fastest ${duration}`,
  cheapest: (price: string) => `cheapest about ${price}`,
  sampleTitle: 'Sample timetable: approximate times.',
  sample: 'Check the real time before you travel.',
  partial: 'Not every part of the search finished: there may be more options.',
  workedOut: (time: string, network: string) => `Worked out at ${time} with the timetable “${network}”.`,
  stale: (duration: string) => `Times and prices from ${duration} ago.`,
  refresh: 'Search again',
  updating: 'Searching again…',
  emptyHints: 'What may help:',
  nextDay: 'Try the next day',
  allModes: 'Allow every way to travel',
  noTime: 'Any time of the day',
  alternatives: {
    DATE: (day: string) => `Go on ${day}: there is a way`,
    MODES: (modes: string) => `Travel by ${modes}: there is a way`,
    STOPS: (place: string) => `Leave out ${place}: there is a way`,
    ORIGIN: (place: string) => `Start from ${place} nearby`,
    DESTINATION: (place: string) => `End in ${place} nearby`,
  },

  order: 'Order',
  orders: {
    BALANCED: 'Balanced',
    FASTEST: 'Fastest',
    CHEAPEST: 'Cheapest',
    SAFEST: 'Safest changes',
    EARLIEST: 'Earliest departure',
  } satisfies Record<Order, string>,
  sorted: (name: string) => `Order: ${name}.`,

  filters: {
    title: 'Filters',
    all: (n: number) => (n === 0 ? 'Filters' : `Filters (${n})`),
    group: 'Filter the options',
    clear: 'Clear filters',
    shown: (n: number, of: number) => `${n} of ${of} options`,
    show: (n: number) => `Show ${count(n, 'option', 'options')}`,
    withCount: (name: string, n: number) => `${name} · ${n}`,
    modes: 'Travel by',
    price: 'Price at most, for all of you',
    anyPrice: 'Any price',
    changes: 'Changes at most',
    anyChanges: 'Any',
    leave: 'Leaves between',
    arrive: 'Arrives between',
    from: 'From',
    to: 'To',
    calmNights: 'Not awake 23–05',
    calmNightsHint: 'No start, end, change or long wait between 23:00 and 05:00',
    acOnly: 'AC only',
    acOnlyHint: 'Trains and buses in air-conditioned classes, priced as such',
    direct: 'No changes',
    safety: 'Every change made at least in',
    anySafety: 'Any',
    safetyValue: (percent: number) => `${percent} of 100`,
    names: {
      without: 'Travel by',
      maxPrice: 'Price at most',
      maxChanges: 'Changes at most',
      leave: 'Leaves between',
      arrive: 'Arrives between',
      calmNights: 'Not awake 23–05',
      acOnly: 'AC only',
      minSafety: 'Safety of changes',
    } satisfies Record<FilterName, string>,
    nothing: 'No option passes all filters.',
    inTheWay: (name: string, n: number) =>
      `Without “${name}” there would be ${count(n, 'option', 'options')}.`,
    several: (name: string) => `“${name}” leaves out the most.`,
    drop: (name: string) => `Drop “${name}”`,
  },

  chart: {
    title: 'Time against price',
    hint: 'The line joins options that no other beats in both time and price. The arrow keys move along it.',
    point: (position: number, duration: string, price: string) =>
      `Option ${position}: ${duration}, about ${price}`,
    time: 'Time',
    price: 'Price',
    table: 'The same as a table',
    option: 'Option',
    onLine: 'On the line',
    yes: 'yes',
    no: 'no',
    hours: (n: number) => `${n} h`,
  },

  days: {
    title: 'Cheapest by day',
    hint: 'Lowest indicative price of each day. Each day is one search.',
    compare: 'Compare these days',
    stop: 'Stop',
    searching: 'searching…',
    none: 'none',
    failed: 'no answer',
    notYet: 'not searched',
    cheapestDay: 'cheapest',
    day: (day: string, price: string) => `${day}: ${price}`,
    chosen: 'this search',
  },

  card: {
    option: 'Option',
    leaves: (day: string, clock: string) => `leaves ${day} ${clock}`,
    arrives: (day: string, clock: string) => `arrives ${day} ${clock}`,
    tightestSpoken: (duration: string, place: string) => `tightest change ${duration} at ${place}`,
    sentenceEnd: '.',
    show: 'Details',
    hide: 'Hide',
    save: 'Save',
    saved: 'Saved',
    compare: 'Compare',
    ofOption: (n: number) => ` for option ${n}`,
    forParty: (n: number) => (n === 1 ? 'for 1' : `for ${n}`),
    each: (price: string) => `${price} each`,
    youSave: (price: string, why: string) =>
      why === '' ? `you save ${price}` : `you save ${price} (${why})`,
    before: (price: string) => `instead of ${price}`,
    estimate: 'Estimate',
    asOf: (date: string) => `as of ${date}`,
    noPrice: 'Price not known',
    legs: 'Ways to travel, in order',
    more: (n: number) => `Show ${n} more`,
    of: (shown: number, all: number) => `${shown} of ${all} shown`,
  },

  reasons: {
    FASTEST: (duration: string) => `Shortest of all: ${duration} door to door.`,
    CHEAPEST: (price: string) => `Lowest indicative price: about ${price}.`,
    BALANCED: (price: string, duration: string) =>
      `Best trade of time, comfort and price${price === '' ? '' : `: ${price} less than the fastest`}${duration === '' ? '' : `${price === '' ? ':' : ','} ${duration} less than the cheapest`}.`,
    SAFEST: (spare: string) =>
      spare === '' ? 'Safest: no change to miss.' : `Safest: ${spare} to spare at the tightest change.`,
    FASTEST_OF_MODE: (duration: string, mode: string) => `Fastest by ${mode.toLowerCase()}: ${duration}.`,
    CHEAPEST_OF_MODE: (price: string, mode: string) => `Cheapest by ${mode.toLowerCase()}: about ${price}.`,
    FEWEST_CHANGES: (changes: string) => `Fewest changes: ${changes}.`,
    OTHER_DEPARTURE: (leaves: string) => `Leaves at another time: ${leaves}.`,
  } satisfies Record<ReasonCode, unknown>,

  risk: {
    words: { SAFE: 'Safe', TIGHT: 'Tight', RISKY: 'Risky', NO_DATA: 'No data' } satisfies Record<
      RiskWord,
      string
    >,
    percent: (n: number) => `${n} %`,
    /** Minutes for the change and minutes it needs. */
    minutes: (available: string, needed: string) => `${available} to change, ${needed} needed`,
    at: (place: string) => `at ${place}`,
    made: (percent: number) => `Made in about ${percent} of 100 journeys.`,
    unknown: 'How late the first ride runs is not published.',
    fog: 'Fog season: trains run later than usual.',
    stay: (duration: string) => `A delay first eats into the stay of ${duration}.`,
    missed: 'What if it is missed?',
  },

  comfort: {
    NIGHT_DEPARTURE: 'Leaves between 23:00 and 05:00',
    NIGHT_ARRIVAL: 'Arrives between 23:00 and 05:00',
    NIGHT_WAIT: 'Long wait at night',
    NIGHT_CHANGE: 'Changes between 23:00 and 05:00',
    CHANGE_AT_RISK: 'A change is at risk',
    SLEEP_LOST: 'Sleep lost',
    STATION_CHANGE: 'Changes between two stations',
    LONG_WALK: 'Walks more than 10 minutes',
    BAGGAGE_LIMIT: 'Baggage limits of flights',
  } satisfies Record<ComfortFlagName, string>,
  comfortFor: (name: string, duration: string) => `${name}: ${duration}`,

  andMore: (names: string, n: number) => `${names} and ${n} more`,
  notes: {
    PLACE_READ_AS: () => '',
    PLACE_AMBIGUOUS: () => 'Another place has the same name: check the places above.',
    SAMPLE_TIMETABLE: () => '',
    ROLLED_TIMETABLE: () => 'This timetable has ended; its weekly pattern is repeated from today.',
    ESTIMATED_TIMES: () =>
      'The timetable has no time at some of these stops: it was estimated by the distance. Be there early.',
    PRICES_INDICATIVE: () => 'Prices are indicative ranges, not quotes; seats are not checked.',
    STOPS_ONE_BY_ONE: () => 'Stops are planned one after the other: another order or time may suit better.',
    PLACE_UNREACHABLE: () =>
      'No station, airport or bus stand of this timetable lies near one of the places.',
    OUTSIDE_TIMETABLE: (from: string, to: string) =>
      `This timetable covers ${from} to ${to}; the day lies outside.`,
    NO_ROUTE: () => 'No connection was found.',
    BOOKING_OPENS: (at: string, clock: string, lines: string) =>
      `Booking opens on ${at} at ${clock} for ${lines}.`,
    TATKAL_OPENS: (at: string, clock: string, lines: string, otherClock: string) =>
      `Tatkal opens on ${at} at ${clock} for AC classes and at ${otherClock} for others: ${lines}.`,
    CLASS_NOT_OFFERED: () => '',
    QUOTA_NOT_SOLD: () => 'This quota is not sold on all trains: the general fare is shown.',
  } satisfies Record<NoteCode, unknown>,

  compare: {
    bar: (n: number) => count(n, 'option to compare', 'options to compare'),
    open: 'Compare side by side',
    clear: 'Clear',
    title: 'Side by side',
    leaves: 'Leaves',
    arrives: 'Arrives',
    time: 'Time',
    changes: 'Changes',
    price: 'Price',
    safety: 'Changes made',
    comfort: 'Comfort',
    nothingHard: 'nothing hard',
    full: 'Three at most: take one out first.',
  },
};
export type ResultWords = typeof words;
