/** The traveller's query: typed in the form, kept whole in the URL, sent to the interface. */
import type { Preference, SearchMode, SearchRequestInput } from './shapes.ts';
import { parseClock, parseDate } from '../../src/units/time.ts';

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

export interface TripQuery {
  readonly origin: PlaceText;
  readonly destination: PlaceText;
  /** `YYYY-MM-DD`; null = the interface's default, today at the origin. */
  readonly date: string | null;
  /** `HH:MM`; null = any time. */
  readonly time: string | null;
  readonly arriveBy: boolean;
  readonly passengers: number;
  readonly preference: Preference;
  /** Empty = all. */
  readonly modes: readonly SearchMode[];
}

/** Names are those of the request body, so that a link reads like the interface. */
export interface SearchParams {
  origin?: string;
  originAt?: string;
  destination?: string;
  destinationAt?: string;
  date?: string;
  time?: string;
  arriveBy?: string;
  passengers?: string;
  preference?: string;
  modes?: string;
  sort?: string;
}
const paramNames = [
  'origin',
  'originAt',
  'destination',
  'destinationAt',
  'date',
  'time',
  'arriveBy',
  'passengers',
  'preference',
  'modes',
  'sort',
] as const satisfies readonly (keyof SearchParams)[];

export const preferenceOrder = ['FASTEST', 'BALANCED', 'CHEAPEST'] as const satisfies readonly Preference[];
export const offeredModes = ['train', 'bus', 'flight', 'metro'] as const satisfies readonly SearchMode[];
const allModes: readonly string[] = [...offeredModes, 'tram', 'ferry'] satisfies SearchMode[];
export const MAX_PASSENGERS = 20;

const noPlace: PlaceText = { text: '', picked: null };

export const emptyQuery: TripQuery = {
  origin: noPlace,
  destination: noPlace,
  date: null,
  time: null,
  arriveBy: false,
  passengers: 1,
  preference: 'BALANCED',
  modes: [],
};

/** Keeps the known parameters that are texts; everything else in a URL is ignored. */
export function readParams(raw: Record<string, unknown>): SearchParams {
  const params: SearchParams = {};
  for (const name of paramNames) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') params[name] = value;
  }
  return params;
}

/** A URL can hold anything: what cannot be read falls back to the default of its field. */
export function queryOf(params: SearchParams): TripQuery {
  const passengers = Number(params.passengers ?? 1);
  return {
    origin: placeOf(params.origin, params.originAt),
    destination: placeOf(params.destination, params.destinationAt),
    date: params.date !== undefined && parseDate(params.date) !== null ? params.date : null,
    time: params.time !== undefined && parseClock(params.time) !== null ? params.time : null,
    arriveBy: params.arriveBy === 'true',
    passengers:
      Number.isInteger(passengers) && passengers >= 1 && passengers <= MAX_PASSENGERS ? passengers : 1,
    preference: readPreference(params.preference) ?? 'BALANCED',
    modes: (params.modes ?? '').split(',').filter(isMode),
  };
}

export function paramsOf(query: TripQuery): SearchParams {
  return readParams({
    origin: query.origin.text.trim(),
    originAt: pickedText(query.origin.picked),
    destination: query.destination.text.trim(),
    destinationAt: pickedText(query.destination.picked),
    date: query.date,
    time: query.time,
    arriveBy: query.time !== null && query.arriveBy ? 'true' : '',
    passengers: query.passengers === 1 ? '' : String(query.passengers),
    preference: query.preference === 'BALANCED' ? '' : query.preference,
    modes: query.modes.join(','),
  });
}

/** null while an end is missing. */
export function requestOf(query: TripQuery): SearchRequestInput | null {
  const origin = endOf(query.origin);
  const destination = endOf(query.destination);
  if (origin === null || destination === null) return null;
  return {
    origin,
    destination,
    ...(query.date === null ? {} : { date: query.date }),
    ...(query.time === null ? {} : { time: query.time, arriveBy: query.arriveBy }),
    passengers: query.passengers,
    preference: query.preference,
    ...(query.modes.length === 0 ? {} : { modes: [...query.modes] }),
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
