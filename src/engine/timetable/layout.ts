/**
 * The image's binary layout: a header, then one aligned section per column, all in one SharedArrayBuffer, so
 * that worker threads share it and the database stores it as it is.
 *
 * Header: magic, version, byte length, number of sections; then per section byte offset and element count.
 * Numbers are little-endian, as every machine that Node runs on is.
 */

/** "RSNI" */
const MAGIC = 0x494e5352;
/** Raise with every change of the sections or of their meaning: an old image is compiled anew. */
export const IMAGE_VERSION = 4;

const sections = {
  /** See `meta` below. */
  meta: Int32Array,
  zoneName: Uint32Array,
  /** [zone × day]: timeline minute at which the service day starts. */
  dayStart: Int32Array,
  /** [service × (day count + 1)]: first active day at or after, or NO_DAY. */
  nextDay: Uint16Array,
  /** [service × (day count + 1)]: last active day at or before, or NO_DAY. */
  previousDay: Uint16Array,

  stopId: Uint32Array,
  stopName: Uint32Array,
  stopCode: Uint32Array,
  /** Latitude and longitude in turn. */
  stopPosition: Float64Array,
  stopZone: Uint16Array,
  stopParent: Int32Array,
  stopModes: Uint8Array,
  stopDepartures: Float32Array,
  /** See `cells.ts`. */
  stopCell: Uint8Array,
  /** Stops in the order of their ids, for the search by id. */
  stopsById: Uint32Array,

  lineId: Uint32Array,
  lineShortName: Uint32Array,
  lineLongName: Uint32Array,
  lineOperator: Uint32Array,
  lineColor: Uint32Array,
  lineRouteType: Uint16Array,
  lineMode: Uint8Array,

  /** Runs are numbered pattern by pattern, in the order in which they follow each other. */
  runId: Uint32Array,
  runNumber: Uint32Array,
  runHeadsign: Uint32Array,
  runLine: Uint32Array,
  runService: Uint32Array,
  runPattern: Uint32Array,
  runHeadway: Uint16Array,

  /** Calls of pattern p: `patternCalls[p]` to `patternCalls[p + 1]` in `callStop` and `callFlags`. */
  patternCalls: Uint32Array,
  /** Runs of pattern p: `patternRuns[p]` to `patternRuns[p + 1]`. */
  patternRuns: Uint32Array,
  /** First of its times; position i of its run j of n stands at `patternTimes[p] + i * n + j`. */
  patternTimes: Uint32Array,
  patternZone: Uint16Array,
  patternMode: Uint8Array,
  callStop: Uint32Array,
  callFlags: Uint8Array,

  /** Minutes from service-day start, position by position: the runs of a pattern lie side by side. */
  arrival: Int16Array,
  departure: Int16Array,
  /** Kilometres from the run's first stop, in the same order. */
  distance: Float32Array,

  /** Where one can board at stop s: `boardings[s]` to `boardings[s + 1]`, never the last call of a pattern. */
  boardings: Uint32Array,
  boardingPattern: Uint32Array,
  boardingPosition: Uint16Array,
  /** Where one can alight at stop s, never the first call of a pattern. */
  alightings: Uint32Array,
  alightingPattern: Uint32Array,
  alightingPosition: Uint16Array,

  /** Hops from cell c of n that depart in minute m of the UTC day: from `hops[m * n + c]` to the next, see `hops.ts`. */
  hops: Uint32Array,
  hopFrom: Uint32Array,
  hopRun: Uint32Array,
  /** Position of the call that the hop departs from. */
  hopCall: Uint16Array,
  /** See `hopBits`. */
  hopDay: Uint8Array,

  /** Links from stop s: `links[s]` to `links[s + 1]`. */
  links: Uint32Array,
  linkFrom: Uint32Array,
  linkTo: Uint32Array,
  linkMinutes: Uint16Array,
  linkKind: Uint8Array,
  /** Minor units, per vehicle when `linkCapacity` is not 0, else per passenger. */
  linkPrice: Uint32Array,
  linkCapacity: Uint8Array,
  /** Links to stop s: numbers of links in `linkIndexBack`. */
  linksBack: Uint32Array,
  linkIndexBack: Uint32Array,

  stringOffset: Uint32Array,
  stringBytes: Uint8Array,
} as const;

/** Positions in `meta`. */
export const meta = {
  firstDay: 0,
  dayCount: 1,
  stops: 2,
  lines: 3,
  runs: 4,
  patterns: 5,
  services: 6,
  zones: 7,
  links: 8,
  calls: 9,
  stopTimes: 10,
  boardings: 11,
  alightings: 12,
  strings: 13,
  stringBytes: 14,
  /** Latest minute of any run, counted from its service-day start. */
  lastMinute: 15,
  /** Runs of the input left out because they never run or have fewer than two calls. */
  runsLeftOut: 16,
  /** Service days on which any run runs. */
  activeDays: 17,
  hops: 18,
} as const;
const META_LENGTH = Object.keys(meta).length;

export const NO_DAY = 0xffff;

const MOST_CELLS = 64;
/** Into how many cells a network's stops are sorted, see `cells.ts`. */
export const cellCount = (stops: number): number => Math.min(MOST_CELLS, stops);

type Sections = typeof sections;
type SectionName = keyof Sections;
export type Views = { readonly [Name in SectionName]: InstanceType<Sections[Name]> };
export type Counts = { readonly [Name in keyof typeof meta]: number };

const names = Object.keys(sections) as readonly SectionName[];
const HEADER_WORDS = 4;
const HEADER_BYTES = (HEADER_WORDS + 2 * names.length) * 4;
const align = (bytes: number): number => Math.ceil(bytes / 8) * 8;

export class ImageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImageError';
  }
}

/** How many elements each section has. */
function lengthsFor(c: Counts): Record<SectionName, number> {
  return {
    meta: META_LENGTH,
    zoneName: c.zones,
    dayStart: c.zones * c.dayCount,
    nextDay: c.services * (c.dayCount + 1),
    previousDay: c.services * (c.dayCount + 1),
    stopId: c.stops,
    stopName: c.stops,
    stopCode: c.stops,
    stopPosition: 2 * c.stops,
    stopZone: c.stops,
    stopParent: c.stops,
    stopModes: c.stops,
    stopDepartures: c.stops,
    stopCell: c.stops,
    stopsById: c.stops,
    lineId: c.lines,
    lineShortName: c.lines,
    lineLongName: c.lines,
    lineOperator: c.lines,
    lineColor: c.lines,
    lineRouteType: c.lines,
    lineMode: c.lines,
    runId: c.runs,
    runNumber: c.runs,
    runHeadsign: c.runs,
    runLine: c.runs,
    runService: c.runs,
    runPattern: c.runs,
    runHeadway: c.runs,
    patternCalls: c.patterns + 1,
    patternRuns: c.patterns + 1,
    patternTimes: c.patterns + 1,
    patternZone: c.patterns,
    patternMode: c.patterns,
    callStop: c.calls,
    callFlags: c.calls,
    arrival: c.stopTimes,
    departure: c.stopTimes,
    distance: c.stopTimes,
    boardings: c.stops + 1,
    boardingPattern: c.boardings,
    boardingPosition: c.boardings,
    alightings: c.stops + 1,
    alightingPattern: c.alightings,
    alightingPosition: c.alightings,
    hops: 1440 * cellCount(c.stops) + 1,
    hopFrom: c.hops,
    hopRun: c.hops,
    hopCall: c.hops,
    hopDay: c.hops,
    links: c.stops + 1,
    linkFrom: c.links,
    linkTo: c.links,
    linkMinutes: c.links,
    linkKind: c.links,
    linkPrice: c.links,
    linkCapacity: c.links,
    linksBack: c.stops + 1,
    linkIndexBack: c.links,
    stringOffset: c.strings + 1,
    stringBytes: c.stringBytes,
  };
}

/** A zeroed image of these sizes, its header and `meta` written. */
export function allocate(counts: Counts): { buffer: SharedArrayBuffer; views: Views } {
  const lengths = lengthsFor(counts);
  const table: [number, number][] = [];
  let at = align(HEADER_BYTES);
  for (const name of names) {
    table.push([at, lengths[name]]);
    at = align(at + lengths[name] * sections[name].BYTES_PER_ELEMENT);
  }
  const buffer = new SharedArrayBuffer(at);
  new Uint32Array(buffer, 0, HEADER_BYTES / 4).set([MAGIC, IMAGE_VERSION, at, names.length, ...table.flat()]);
  const views = viewsOf(buffer, table);
  for (const name of Object.keys(meta) as (keyof typeof meta)[]) views.meta[meta[name]] = counts[name];
  return { buffer, views };
}

/** The version that compiled an image, or `null` when the bytes are no image. */
export function imageVersion(buffer: SharedArrayBuffer): number | null {
  if (buffer.byteLength < 8) return null;
  const [magic, version = 0] = new Uint32Array(buffer, 0, 2);
  return magic === MAGIC ? version : null;
}

/** Views over a checked image. Throws `ImageError` when the bytes are not an image of this version. */
export function open(buffer: SharedArrayBuffer): Views {
  if (buffer.byteLength < HEADER_BYTES)
    throw new ImageError('The network image is too short: import it again');
  const words = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  if (words[0] !== MAGIC) throw new ImageError('These bytes are not a network image');
  if (words[1] !== IMAGE_VERSION || words[3] !== names.length)
    throw new ImageError(
      `The network image has version ${words[1]}, this program reads ${IMAGE_VERSION}: import the network again`,
    );
  if (words[2] !== buffer.byteLength)
    throw new ImageError(`The network image is ${buffer.byteLength} bytes long, its header says ${words[2]}`);
  const table = names.map((name, section): [number, number] => {
    const offset = words[HEADER_WORDS + 2 * section]!;
    const length = words[HEADER_WORDS + 2 * section + 1]!;
    const end = offset + length * sections[name].BYTES_PER_ELEMENT;
    if (offset % 8 !== 0 || offset < HEADER_BYTES || end > buffer.byteLength)
      throw new ImageError(`The network image is damaged: section ${name} lies outside it`);
    return [offset, length];
  });
  const views = viewsOf(buffer, table);
  checkLengths(views);
  return views;
}

/**
 * With so many computed keys V8 keeps this object as a hash table: a hot loop takes the columns it needs once.
 */
function viewsOf(buffer: SharedArrayBuffer, table: readonly (readonly [number, number])[]): Views {
  const views: Partial<Record<SectionName, unknown>> = {};
  names.forEach((name, section) => {
    const [offset, length] = table[section]!;
    const View: new (buffer: SharedArrayBuffer, offset: number, length: number) => unknown = sections[name];
    views[name] = new View(buffer, offset, length);
  });
  return views as Views;
}

/** Rows that point into other sections: each must rise from 0 to the length of its section. */
const ranges = [
  ['patternCalls', 'callStop'],
  ['patternRuns', 'runId'],
  ['patternTimes', 'arrival'],
  ['boardings', 'boardingPattern'],
  ['alightings', 'alightingPattern'],
  ['hops', 'hopFrom'],
  ['links', 'linkTo'],
  ['linksBack', 'linkIndexBack'],
  ['stringOffset', 'stringBytes'],
] as const satisfies readonly (readonly [SectionName, SectionName])[];

function checkLengths(views: Views): void {
  if (views.meta.length !== META_LENGTH)
    throw new ImageError('The network image is damaged: section meta has a wrong length');
  const counts = Object.fromEntries(
    Object.entries(meta).map(([name, position]) => [name, views.meta[position]]),
  ) as unknown as Counts;
  const lengths = lengthsFor(counts);
  for (const name of names)
    if (views[name].length !== lengths[name])
      throw new ImageError(`The network image is damaged: section ${name} has a wrong length`);
  for (const [rows, target] of ranges) {
    let last = 0;
    for (const row of views[rows]) {
      if (row < last) throw new ImageError(`The network image is damaged: section ${rows} does not rise`);
      last = row;
    }
    if (views[rows][0] !== 0 || last !== views[target].length)
      throw new ImageError(`The network image is damaged: section ${rows} does not span ${target}`);
  }
}
