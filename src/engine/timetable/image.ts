import type { EpochMinute } from '../../units/time.ts';
import { ESTIMATED, NO_ALIGHTING, NO_BOARDING, linkKinds } from './input.ts';
import type { LinkKind } from './input.ts';
import { asLine, asStop } from './indexes.ts';
import type { LineIndex, StopIndex } from './indexes.ts';
import { meta, open } from './layout.ts';
import type { Views } from './layout.ts';
import type { Mode } from './modes.ts';
import { readString } from './strings.ts';

export interface LineFacts {
  readonly id: string;
  readonly shortName: string;
  readonly longName: string;
  readonly operator: string;
  /** GTFS route_type as the feed gave it. */
  readonly routeType: number;
  readonly mode: Mode;
  /** `#rrggbb`, or ''. */
  readonly color: string;
}

export interface RunFacts {
  readonly id: string;
  readonly number: string;
  readonly headsign: string;
  /** Minutes between departures when the run stands for a frequency, else 0. */
  readonly headway: number;
  readonly line: LineIndex;
}

export interface Call {
  readonly stop: StopIndex;
  /** Minutes from the start of the service day, may exceed 1440. */
  readonly arrival: number;
  readonly departure: number;
  /** Kilometres from the run's first stop. */
  readonly distance: number;
  readonly boarding: boolean;
  readonly alighting: boolean;
}

export interface LinkFacts {
  readonly from: StopIndex;
  readonly to: StopIndex;
  readonly minutes: number;
  readonly kind: LinkKind;
  /** Minor units, per vehicle when the capacity is not 0, else per passenger. */
  readonly priceMinor: number;
  readonly vehicleCapacity: number;
}

export interface NetworkStats {
  readonly bytes: number;
  readonly stops: number;
  readonly lines: number;
  readonly runs: number;
  readonly runsLeftOut: number;
  readonly patterns: number;
  readonly stopTimes: number;
  readonly services: number;
  readonly links: number;
  readonly zones: number;
  readonly activeDays: number;
  /** Service days before a moment on which a run still under way may have started. */
  readonly lookBackDays: number;
}

/**
 * A compiled timetable. Everything, texts included, lies in `buffer`: hand it to a worker thread, or store
 * its bytes, and `openImage` gives the same network again without copying.
 */
export class NetworkImage {
  readonly buffer: SharedArrayBuffer;
  /** The raw columns, for the search. `layout.ts` says what each holds. */
  readonly views: Views;

  constructor(buffer: SharedArrayBuffer, views: Views) {
    this.buffer = buffer;
    this.views = views;
  }

  /** Service day 0, in days since 1970-01-01. */
  get firstDay(): number {
    return this.views.meta[meta.firstDay]!;
  }
  get dayCount(): number {
    return this.views.meta[meta.dayCount]!;
  }
  get stopCount(): number {
    return this.views.stopId.length;
  }
  get lineCount(): number {
    return this.views.lineId.length;
  }
  get runCount(): number {
    return this.views.runId.length;
  }
  get patternCount(): number {
    return this.views.patternZone.length;
  }

  /** The instant of a timeline minute (0 = 00:00 UTC of the first day), and back. */
  instantAt(timeline: number): EpochMinute {
    return (this.firstDay * 1440 + timeline) as EpochMinute;
  }
  timelineAt(instant: EpochMinute): number {
    return instant - this.firstDay * 1440;
  }

  stopName(stop: number): string {
    return this.text(this.views.stopName[stop]);
  }
  stopId(stop: number): string {
    return this.text(this.views.stopId[stop]);
  }
  stopCode(stop: number): string {
    return this.text(this.views.stopCode[stop]);
  }
  stopLat(stop: number): number {
    return this.views.stopPosition[2 * stop]!;
  }
  stopLng(stop: number): number {
    return this.views.stopPosition[2 * stop + 1]!;
  }
  /** IANA name of the stop's time zone. */
  stopZone(stop: number): string {
    return this.text(this.views.zoneName[this.views.stopZone[stop]!]);
  }
  /** The station this platform belongs to, or undefined. */
  stopParent(stop: number): StopIndex | undefined {
    const parent = this.views.stopParent[stop]!;
    return parent < 0 ? undefined : asStop(parent);
  }
  /** Mask of the modes that call here. */
  stopModes(stop: number): number {
    return this.views.stopModes[stop]!;
  }
  /** Departures one can board, as the mean over the days on which anything of the network runs. */
  departuresPerDay(stop: number): number {
    return this.views.stopDepartures[stop]!;
  }

  findStop(id: string): StopIndex | undefined {
    const { stopsById } = this.views;
    let low = 0;
    let high = stopsById.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.stopId(stopsById[middle]!) < id) low = middle + 1;
      else high = middle;
    }
    const stop = stopsById[low];
    return stop !== undefined && this.stopId(stop) === id ? asStop(stop) : undefined;
  }

  line(line: number): LineFacts {
    const { views } = this;
    return {
      id: this.text(views.lineId[line]),
      shortName: this.text(views.lineShortName[line]),
      longName: this.text(views.lineLongName[line]),
      operator: this.text(views.lineOperator[line]),
      routeType: views.lineRouteType[line]!,
      mode: views.lineMode[line] as Mode,
      color: this.text(views.lineColor[line]),
    };
  }

  run(run: number): RunFacts {
    const { views } = this;
    return {
      id: this.text(views.runId[run]),
      number: this.text(views.runNumber[run]),
      headsign: this.text(views.runHeadsign[run]),
      headway: views.runHeadway[run]!,
      line: asLine(views.runLine[run]!),
    };
  }

  /** The calls of a run in travel order; `RideLeg.boardCall` and `alightCall` are positions in it. */
  runCalls(run: number): Call[] {
    const { views } = this;
    const pattern = views.runPattern[run]!;
    const start = views.patternCalls[pattern]!;
    const length = views.patternCalls[pattern + 1]! - start;
    return Array.from({ length }, (_, position) => {
      const at = this.timeIndex(run, position);
      const flags = views.callFlags[start + position]!;
      return {
        stop: asStop(views.callStop[start + position]!),
        arrival: views.arrival[at]!,
        departure: views.departure[at]!,
        distance: views.distance[at]!,
        boarding: position < length - 1 && !(flags & NO_BOARDING),
        alighting: position > 0 && !(flags & NO_ALIGHTING),
      };
    });
  }

  /** Whether the feed has no time, or no possible one, for this call of the run, and the import has estimated it. */
  isEstimated(run: number, position: number): boolean {
    const { runPattern, patternCalls, callFlags } = this.views;
    return (callFlags[patternCalls[runPattern[run]!]! + position]! & ESTIMATED) !== 0;
  }

  /** Where a call's times and distance stand in their columns. */
  timeIndex(run: number, position: number): number {
    const { runPattern, patternRuns, patternTimes } = this.views;
    const pattern = runPattern[run]!;
    const first = patternRuns[pattern]!;
    return patternTimes[pattern]! + position * (patternRuns[pattern + 1]! - first) + run - first;
  }

  /** Timeline minute at which a run's service day starts. */
  dayStart(run: number, day: number): number {
    const { views } = this;
    return views.dayStart[views.patternZone[views.runPattern[run]!]! * this.dayCount + day]!;
  }

  /** Whether a run runs on a service day. */
  isActive(run: number, day: number): boolean {
    if (day < 0 || day >= this.dayCount) return false;
    return this.views.nextDay[this.views.runService[run]! * (this.dayCount + 1) + day] === day;
  }

  link(link: number): LinkFacts {
    const { linkFrom, linkTo, linkMinutes, linkKind, linkPrice, linkCapacity } = this.views;
    return {
      from: asStop(linkFrom[link]!),
      to: asStop(linkTo[link]!),
      minutes: linkMinutes[link]!,
      kind: linkKinds[linkKind[link]!]!,
      priceMinor: linkPrice[link]!,
      vehicleCapacity: linkCapacity[link]!,
    };
  }

  stats(): NetworkStats {
    const counts = this.views.meta;
    return {
      bytes: this.buffer.byteLength,
      stops: counts[meta.stops]!,
      lines: counts[meta.lines]!,
      runs: counts[meta.runs]!,
      runsLeftOut: counts[meta.runsLeftOut]!,
      patterns: counts[meta.patterns]!,
      stopTimes: counts[meta.stopTimes]!,
      services: counts[meta.services]!,
      links: counts[meta.links]!,
      zones: counts[meta.zones]!,
      activeDays: counts[meta.activeDays]!,
      lookBackDays: Math.ceil(counts[meta.lastMinute]! / 1440),
    };
  }

  private text(number: number | undefined): string {
    if (number === undefined) throw new RangeError('No such stop, line or run in this network');
    return readString(this.views.stringOffset, this.views.stringBytes, number);
  }
}

/** Opens a compiled network. Throws `ImageError` when the bytes are damaged or of another version. */
export function openImage(buffer: SharedArrayBuffer): NetworkImage {
  return new NetworkImage(buffer, open(buffer));
}

/** Copies stored bytes into shared memory and opens them. */
export function openImageBytes(bytes: Uint8Array): NetworkImage {
  const buffer = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  return openImage(buffer);
}

export type { StopIndex };
