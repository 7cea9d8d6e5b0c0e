/** The traveller's query: typed in the form, kept whole in the URL, sent to the interface. */
import { parseClock, parseDate } from '../../src/units/time.ts';
import { readTraveller, requestTraveller, travellerParams } from './party.ts';
import type { Party } from './party.ts';
import type { Preference, SearchMode, SearchRequestInput } from './shapes.ts';

/** A picked suggestion. Without one the interface resolves the text itself. */
interface PickedPlace {
  readonly id: string;
  readonly lat: number;
  readonly lng: number;
}

export interface PlaceText {
  readonly text: string;
  readonly picked: PickedPlace | null;
}

/** A place to visit on the way, and how long. */
export interface StopText {
  readonly place: PlaceText;
  readonly dwellMinutes: number;
}

export interface TripQuery extends Party {
  readonly origin: PlaceText;
  readonly destination: PlaceText;
  readonly stops: readonly StopText[];
  /** `YYYY-MM-DD`; null = the interface's default, today at the origin. */
  readonly date: string | null;
  /** `HH:MM`; null = any time. */
  readonly time: string | null;
  readonly arriveBy: boolean;
  readonly preference: Preference;
  /** Empty = all. */
  readonly modes: readonly SearchMode[];
  /** Air-conditioned classes wished for, so that they are what is priced. */
  readonly acOnly: boolean;
}

/** Names are those of the interface's own link (`GET /search`), so that a link reads like it. */
const singleNames = [
  'origin',
  'originAt',
  'destination',
  'destinationAt',
  'date',
  'time',
  'arriveBy',
  'passengers',
  'seniors',
  'preference',
  'modes',
  'ac',
  'profession',
  'profile',
  'age',
  'gender',
  'state',
  'disability',
] as const;
const listNames = ['stop', 'stopAt', 'child'] as const;

/** What a URL says of a search: one value a name, or several of those that may be repeated. */
export type SearchParams = Partial<
  Record<(typeof singleNames)[number], string> & Record<(typeof listNames)[number], readonly string[]>
>;

export const preferenceOrder = ['FASTEST', 'BALANCED', 'CHEAPEST'] as const satisfies readonly Preference[];
export const offeredModes = ['train', 'bus', 'flight', 'metro'] as const satisfies readonly SearchMode[];
const allModes: readonly string[] = [...offeredModes, 'tram', 'ferry'] satisfies SearchMode[];
export const MAX_STOPS = 8;
/** Two weeks, as the interface allows. */
export const MAX_DWELL_MINUTES = 20_160;
/** Air-conditioned classes of trains and buses, the cheapest first. */
export const acClasses = ['3E', '3A', 'CC', 'AC', 'AC_SLEEPER', '2A', 'EC', '1A'] as const;

export const noPlace: PlaceText = { text: '', picked: null };

export const emptyQuery: TripQuery = {
  origin: noPlace,
  destination: noPlace,
  stops: [],
  date: null,
  time: null,
  arriveBy: false,
  adults: 1,
  seniors: 0,
  children: [],
  traveller: {},
  preference: 'BALANCED',
  modes: [],
  acOnly: false,
};

/** Keeps the known parameters; everything else in a URL is ignored. */
export function readParams(raw: URLSearchParams): SearchParams {
  const params: { -readonly [Name in keyof SearchParams]: SearchParams[Name] } = {};
  for (const name of singleNames) {
    const value = raw.get(name);
    if (value !== null && value !== '') params[name] = value;
  }
  for (const name of listNames) {
    const values = raw.getAll(name);
    if (values.some((value) => value !== '')) params[name] = values;
  }
  return params;
}

/** The same as pairs, in the order of the names. */
export function pairsOf(params: SearchParams): [string, string][] {
  return [
    ...singleNames.flatMap((name): [string, string][] => {
      const value = params[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
    ...listNames.flatMap((name) => (params[name] ?? []).map((value): [string, string] => [name, value])),
  ];
}

/** A URL can hold anything: what cannot be read falls back to the default of its field. */
export function queryOf(params: SearchParams): TripQuery {
  return {
    origin: placeOf(params.origin, params.originAt),
    destination: placeOf(params.destination, params.destinationAt),
    stops: (params.stop ?? []).slice(0, MAX_STOPS).flatMap((text, at) => stopOf(text, params.stopAt?.[at])),
    date: params.date !== undefined && parseDate(params.date) !== null ? params.date : null,
    time: params.time !== undefined && parseClock(params.time) !== null ? params.time : null,
    arriveBy: params.arriveBy === 'true',
    ...readTraveller(params),
    preference: readPreference(params.preference) ?? 'BALANCED',
    modes: (params.modes ?? '').split(',').filter(isMode),
    acOnly: params.ac === 'true',
  };
}

export function paramsOf(query: TripQuery): SearchParams {
  const stops = query.stops.filter(({ place }) => place.text.trim() !== '');
  const pairs: [string, string][] = [
    ['origin', query.origin.text.trim()],
    ['originAt', pickedText(query.origin.picked)],
    ['destination', query.destination.text.trim()],
    ['destinationAt', pickedText(query.destination.picked)],
    ['date', query.date ?? ''],
    ['time', query.time ?? ''],
    ['arriveBy', query.time !== null && query.arriveBy ? 'true' : ''],
    ['preference', query.preference === 'BALANCED' ? '' : query.preference],
    ['modes', query.modes.join(',')],
    ['ac', query.acOnly ? 'true' : ''],
    ...travellerParams(query),
    ...stops.flatMap(({ place, dwellMinutes }): [string, string][] => [
      ['stop', `${place.text.trim()}:${dwellMinutes}`],
      ['stopAt', pickedText(place.picked)],
    ]),
  ];
  return readParams(new URLSearchParams(pairs));
}

/** null while an end is missing. */
export function requestOf(query: TripQuery): SearchRequestInput | null {
  const origin = endOf(query.origin);
  const destination = endOf(query.destination);
  if (origin === null || destination === null) return null;
  const stops = query.stops.flatMap(({ place, dwellMinutes }) => {
    const end = endOf(place);
    return end === null ? [] : [{ place: end, dwellMinutes }];
  });
  return {
    origin,
    destination,
    ...(stops.length === 0 ? {} : { stops }),
    ...(query.date === null ? {} : { date: query.date }),
    ...(query.time === null ? {} : { time: query.time, arriveBy: query.arriveBy }),
    ...requestTraveller(query),
    preference: query.preference,
    ...(query.modes.length === 0 ? {} : { modes: [...query.modes] }),
    ...(query.acOnly ? { class: [...acClasses] } : {}),
  };
}

export const readPreference = (text: string | undefined): Preference | null =>
  preferenceOrder.find((name) => name === text?.toUpperCase()) ?? null;

const isMode = (text: string): text is SearchMode => allModes.includes(text);

function endOf({ text, picked }: PlaceText): SearchRequestInput['origin'] | null {
  const name = text.trim();
  if (name === '') return null;
  // The field shows "New Delhi (NDLS)"; the location's name is without the code.
  return picked === null ? name : { ...picked, name: name.replace(/ \([A-Z0-9]+\)$/u, '') };
}

const pickedText = (picked: PickedPlace | null): string =>
  picked === null ? '' : `${picked.lat},${picked.lng},${picked.id}`;

function placeOf(text: string | undefined, at: string | undefined): PlaceText {
  const match = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(.{1,128})$/u.exec(at ?? '');
  const picked = match ? { id: match[3]!, lat: Number(match[1]), lng: Number(match[2]) } : null;
  const onEarth = picked !== null && Math.abs(picked.lat) <= 90 && Math.abs(picked.lng) <= 180;
  return { text: (text ?? '').slice(0, 200), picked: onEarth ? picked : null };
}

/** `Jaipur:240`: the place and the minutes to stay. */
function stopOf(text: string, at: string | undefined): StopText[] {
  const [, name = '', minutes = '0'] = /^(.*?)(?::(\d{1,6}))?$/su.exec(text) ?? [];
  const place = placeOf(name, at);
  if (place.text.trim() === '') return [];
  return [{ place, dwellMinutes: Math.min(MAX_DWELL_MINUTES, Number(minutes)) }];
}
