import { createHash } from 'node:crypto';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { distanceKm } from '../../units/geo.ts';
import { asEpochDay, formatDate } from '../../units/time.ts';
import type { Network, NetworkDiff } from './contract.ts';
import { noImage, showNetwork } from './networks.ts';
import { openStored, type RecompileOptions } from './openStored.ts';
import { type Database, selectImage } from './store.ts';

/** Feeds move a stop by some metres from one edition to the next. */
const MOVED_KM = 0.1;

/**
 * Lines and stops that `to` has and `from` has not, and the reverse; lines of both whose runs differ in stops, times or
 * days. Days are compared where both calendars reach. References as in {@link showNetwork}. Throws `NOT_FOUND`, and
 * `CONFLICT` when only the history of a network is kept.
 */
export async function diffNetworks(
  db: Database,
  from: string,
  to: string,
  options: RecompileOptions = {},
): Promise<NetworkDiff> {
  const [before, after] = [await load(db, from, options), await load(db, to, options)];
  const [first, last] = sharedDays(before.image, after.image);
  const date = (day: number): string | null => (first <= last ? formatDate(asEpochDay(day)) : null);
  return {
    from: { id: before.network.id, name: before.network.name },
    to: { id: after.network.id, name: after.network.name },
    comparedFrom: date(first),
    comparedTo: date(last),
    stops: diffStops(before.image, after.image),
    lines: diffLines(before.image, after.image, first, last),
  };
}

async function load(
  db: Database,
  reference: string,
  options: RecompileOptions,
): Promise<{ network: Network; image: NetworkImage }> {
  const network = await showNetwork(db, reference);
  const stored = await selectImage(db, network.id);
  if (stored === null) throw noImage(network);
  return { network, image: (await openStored(db, stored, options)).image };
}

/** Look-back days at the begin are compared too: both have them. */
function sharedDays(a: NetworkImage, b: NetworkImage): [number, number] {
  return [Math.max(a.firstDay, b.firstDay), Math.min(a.firstDay + a.dayCount, b.firstDay + b.dayCount) - 1];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const only = <Thing>(these: ReadonlyMap<string, Thing>, those: ReadonlyMap<string, unknown>): Thing[] =>
  [...these].filter(([id]) => !those.has(id)).map(([, thing]) => thing);

interface KnownStop extends Named {
  readonly lat: number;
  readonly lng: number;
}

function stopsOf(image: NetworkImage): Map<string, KnownStop> {
  const stops = new Map<string, KnownStop>();
  for (let stop = 0; stop < image.stopCount; stop++) {
    const id = image.stopId(stop);
    stops.set(id, { id, name: image.stopName(stop), lat: image.stopLat(stop), lng: image.stopLng(stop) });
  }
  return stops;
}

function diffStops(before: NetworkImage, after: NetworkImage): NetworkDiff['stops'] {
  const [old, now] = [stopsOf(before), stopsOf(after)];
  const named = ({ id, name }: KnownStop): Named => ({ id, name });
  const changed = [...now.values()].filter((stop) => {
    const was = old.get(stop.id);
    return was !== undefined && (was.name !== stop.name || distanceKm(was, stop) > MOVED_KM);
  });
  return {
    added: only(now, old).map(named),
    removed: only(old, now).map(named),
    changed: changed.map(named),
  };
}

interface KnownLine extends Named {
  /** How often each timetable of a run occurs. */
  readonly runs: Map<string, number>;
}

function linesOf(image: NetworkImage, firstDay: number, lastDay: number): Map<string, KnownLine> {
  const lines: KnownLine[] = Array.from({ length: image.lineCount }, (_, index) => {
    const { id, shortName, longName } = image.line(index);
    return { id, name: [shortName, longName].filter(Boolean).join(' '), runs: new Map() };
  });
  const days = new Map<number, string>();
  for (let run = 0; run < image.runCount; run++) {
    const service = image.views.runService[run]!;
    let active = days.get(service);
    if (active === undefined) days.set(service, (active = activeDays(image, run, firstDay, lastDay)));
    const { runs } = lines[image.run(run).line]!;
    const timetable = timetableOf(image, run, active);
    runs.set(timetable, (runs.get(timetable) ?? 0) + 1);
  }
  return new Map(lines.map((line) => [line.id, line]));
}

function activeDays(image: NetworkImage, run: number, firstDay: number, lastDay: number): string {
  let text = '';
  for (let day = firstDay; day <= lastDay; day++)
    text += image.isActive(run, day - image.firstDay) ? '1' : '0';
  return text;
}

/** Names a run by what a traveller sees of it: days, stops and times. */
function timetableOf(image: NetworkImage, run: number, days: string): string {
  const hash = createHash('sha1').update(days);
  for (const { stop, arrival, departure } of image.runCalls(run))
    hash.update(`|${image.stopId(stop)} ${arrival} ${departure}`);
  return hash.digest('base64');
}

function diffLines(
  before: NetworkImage,
  after: NetworkImage,
  firstDay: number,
  lastDay: number,
): NetworkDiff['lines'] {
  const [old, now] = [linesOf(before, firstDay, lastDay), linesOf(after, firstDay, lastDay)];
  const named = ({ id, name }: KnownLine): Named => ({ id, name });
  const retimed = [...now.values()].flatMap((line) => {
    const was = old.get(line.id);
    if (was === undefined) return [];
    const [runsAdded, runsRemoved] = [more(line.runs, was.runs), more(was.runs, line.runs)];
    return runsAdded + runsRemoved === 0 ? [] : [{ ...named(line), runsAdded, runsRemoved }];
  });
  return { added: only(now, old).map(named), removed: only(old, now).map(named), retimed };
}

/** How many timetables occur oftener in `these`. */
function more(these: ReadonlyMap<string, number>, those: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [timetable, count] of these) sum += Math.max(0, count - (those.get(timetable) ?? 0));
  return sum;
}
