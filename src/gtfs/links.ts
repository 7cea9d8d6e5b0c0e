import type { LinkInput } from '../engine/timetable/input.ts';
import type { AppError } from '../errors.ts';
import { distanceKm } from '../units/geo.ts';
import type { Feed } from './feed.ts';
import { refusal } from './refusal.ts';

/** Walks are offered up to this straight-line distance. */
const WALK_KM = 0.4;
const WALK_KM_PER_HOUR = 4.5;
/** Streets are longer than the straight line. */
const DETOUR = 1.3;
const KM_PER_DEGREE = 111.2;
/** A transfer of the feed without a time of its own is believed up to an hour's walk. */
const LONGEST_TRANSFER_MINUTES = 60;
/**
 * A link takes about 350 bytes until the image is made, and stops on one spot have as many links as pairs. The
 * densest bus networks have 15 walks at each stop.
 */
const LINKS_PER_STOP = 30;
const ALWAYS_ALLOWED = 100_000;
const FORBIDDEN = 3;
const NEEDS_TIME = 2;

const walkMinutes = (km: number): number => Math.max(1, Math.ceil((km * DETOUR * 60) / WALK_KM_PER_HOUR));

export interface LinkPosition {
  readonly lat: number;
  readonly lng: number;
}

/**
 * Links of a network: the feeds' transfers, changes between platforms of a station and, when asked for, walks
 * between stops near each other (of different feeds, too). `served` are the stops where some run calls.
 */
export class LinkBuilder {
  readonly #links = new Map<number, LinkInput>();
  readonly #forbidden = new Set<number>();
  readonly #most: number;
  readonly #positions: readonly LinkPosition[];
  readonly #served: Uint8Array;

  constructor(positions: readonly LinkPosition[], served: Uint8Array) {
    this.#positions = positions;
    this.#served = served;
    this.#most = Math.max(ALWAYS_ALLOWED, LINKS_PER_STOP * served.filter((is) => is === 1).length);
  }

  get links(): LinkInput[] {
    return [...this.#links.values()];
  }

  /** `offset`: index of the feed's first stop in the network. A station stands for all of its platforms. */
  addTransfers(feed: Feed, offset: number): void {
    const platforms = platformsOf(feed, offset, this.#served);
    const ordered = feed.transfers.toSorted((a, b) => b.type - a.type);
    for (const { from, to, type, seconds } of ordered) {
      for (const a of platforms(from))
        for (const b of platforms(to)) {
          if (a === b) continue;
          if (type === FORBIDDEN) this.#forbidden.add(key(a, b));
          else this.#addTransfer(a, b, type === NEEDS_TIME && seconds > 0 ? Math.ceil(seconds / 60) : null);
        }
    }
  }

  addPlatformChanges(feed: Feed, offset: number): void {
    const platforms = platformsOf(feed, offset, this.#served);
    for (const [index, stop] of feed.stops.entries()) {
      if (!stop.isStation) continue;
      const own = platforms(index);
      for (const a of own) for (const b of own) this.#add(a, b, this.#walk(a, b) ?? 1);
    }
  }

  /** Walks between served stops, found on a grid as wide as the longest walk. */
  addWalks(): void {
    const cells = new Map<string, number[]>();
    // One width for all rows, right for the row farthest from the equator: others get wider cells.
    const farthest = this.#positions.reduce((most, { lat }) => Math.max(most, Math.abs(lat) || 0), 0);
    const shrink = Math.cos((Math.min(farthest, 85) * Math.PI) / 180);
    const cellOf = ({ lat, lng }: LinkPosition): [number, number] => [
      Math.floor((lat * KM_PER_DEGREE) / WALK_KM),
      Math.floor((lng * KM_PER_DEGREE * shrink) / WALK_KM),
    ];
    for (const [stop, position] of this.#positions.entries()) {
      if (this.#served[stop] === 0 || Number.isNaN(position.lat)) continue;
      const [y, x] = cellOf(position);
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++)
          for (const other of cells.get(`${y + dy}:${x + dx}`) ?? []) this.#addWalk(stop, other);
      const cell = cells.get(`${y}:${x}`);
      if (cell) cell.push(stop);
      else cells.set(`${y}:${x}`, [stop]);
    }
  }

  #addWalk(a: number, b: number): void {
    const km = distanceKm(this.#positions[a]!, this.#positions[b]!);
    if (!(km <= WALK_KM)) return;
    this.#add(a, b, walkMinutes(km));
    this.#add(b, a, walkMinutes(km));
  }

  #addTransfer(a: number, b: number, minutes: number | null): void {
    const time = minutes ?? this.#walk(a, b);
    if (time !== null && (minutes !== null || time <= LONGEST_TRANSFER_MINUTES)) this.#add(a, b, time);
  }

  #walk(a: number, b: number): number | null {
    const km = distanceKm(this.#positions[a]!, this.#positions[b]!);
    return Number.isNaN(km) ? null : walkMinutes(km);
  }

  /** The first link between two stops stays: transfers are added before walks. */
  #add(from: number, to: number, minutes: number): void {
    const id = key(from, to);
    if (from === to || this.#forbidden.has(id) || this.#links.has(id)) return;
    if (this.#links.size >= this.#most) throw tooManyLinks(this.#most);
    this.#links.set(id, { from, to, minutes, kind: 'walk' });
  }
}

/** Two indexes of stops as one number, exact up to 67 million stops. */
const key = (from: number, to: number): number => from * 2 ** 26 + to;

const tooManyLinks = (most: number): AppError =>
  refusal(
    'TOO_MANY_LINKS',
    { file: 'stops.txt' },
    `More than ${most} ways between stops that are near each other or platforms of one station; probably stops.txt puts many stops in one place.`,
  );

function addTo(children: Map<number, number[]>, parent: number, child: number): void {
  const own = children.get(parent);
  if (own) own.push(child);
  else children.set(parent, [child]);
}

function platformsOf(feed: Feed, offset: number, served: Uint8Array): (stop: number) => readonly number[] {
  const children = new Map<number, number[]>();
  for (const [index, { parent }] of feed.stops.entries()) if (parent !== -1) addTo(children, parent, index);
  const all = (stop: number): number[] => [stop, ...(children.get(stop) ?? [])];
  return (stop) =>
    all(stop)
      .map((index) => index + offset)
      .filter((index) => served[index] === 1);
}
