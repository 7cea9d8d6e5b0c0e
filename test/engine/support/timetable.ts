import { linkKinds } from '../../../src/engine/timetable/input.ts';
import type { LinkInput, TimetableInput } from '../../../src/engine/timetable/input.ts';
import { parseClock, parseDate, serviceDayStart, weekdayOf } from '../../../src/units/time.ts';

/**
 * A timetable in a few readable lines:
 *
 *     from 2026-01-05 14 days                          first service day (a Monday) and how many; this is the default
 *     zone Asia/Dubai: X, Y                            stops outside Asia/Kolkata
 *     R1 train: A 08:05, B 08:30/08:35, C 33:10        every day; arrival/departure, hours may pass 24
 *     R2 bus Mon Fri: A 08:05, B 08:30 (set down only), C 09:00 (pick up only), D 10:00
 *     R3 flight days 0 3: A 08:05, B 10:05             by number of the service day
 *     link A B walk 5                                  one way; `links` gives both
 *
 * A run's clock is that of its first stop. A line for every run, of the same name.
 */
export function timetable(text: string): TimetableInput {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean);
  const draft = new Draft(lines);
  for (const line of lines) {
    if (/^(from|zone) /.test(line)) continue;
    if (/^links? /.test(line)) draft.link(line);
    else draft.run(line);
  }
  return draft.input();
}

const routeTypes: Readonly<Record<string, number>> = {
  tram: 0,
  metro: 1,
  train: 2,
  bus: 3,
  ferry: 4,
  flight: 1100,
};
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface DraftRun {
  readonly id: string;
  readonly routeType: number;
  readonly zone: number;
  readonly days: Uint8Array;
  readonly calls: readonly { stop: number; arrival: number; departure: number; flags: number }[];
}

class Draft {
  private readonly firstDay: number;
  private readonly dayCount: number;
  private readonly zoneNames: string[] = ['Asia/Kolkata'];
  private readonly zoneOf = new Map<string, number>();
  private readonly stops = new Map<string, number>();
  private readonly runs: DraftRun[] = [];
  private readonly links: LinkInput[] = [];

  constructor(lines: readonly string[]) {
    const [, date, days] =
      /^from (\S+) (\d+) days$/.exec(lines.find((line) => line.startsWith('from ')) ?? '') ?? [];
    this.firstDay = parseDate(date ?? '2026-01-05')!;
    this.dayCount = Number(days ?? 14);
    for (const line of lines) {
      const [, zone, names] = /^zone (\S+): (.+)$/.exec(line) ?? [];
      if (!zone || !names) continue;
      for (const name of names.split(/, */)) this.zoneOf.set(name, this.zoneNames.length);
      this.zoneNames.push(zone);
    }
  }

  run(line: string): void {
    const [, id, mode, when, calls] = /^(\S+) (\w+) ?([\w ]*): (.+)$/.exec(line) ?? [];
    const routeType = routeTypes[mode ?? ''];
    if (!id || routeType === undefined) throw new Error(`Not a line of a timetable: ${line}`);
    const [first] = calls!.split(' ');
    this.runs.push({
      id,
      routeType,
      zone: this.zoneOf.get(first!) ?? 0,
      days: this.days(when ?? ''),
      calls: calls!.split(/, */).map((call) => this.call(call)),
    });
  }

  link(line: string): void {
    const [word, from, to, kind, minutes] = line.split(/ +/);
    const way = { minutes: Number(minutes), kind: linkKinds.find((known) => known === kind)! };
    if (!way.kind || !Number.isInteger(way.minutes)) throw new Error(`Not a link: ${line}`);
    this.links.push({ from: this.stop(from!), to: this.stop(to!), ...way });
    if (word === 'links') this.links.push({ from: this.stop(to!), to: this.stop(from!), ...way });
  }

  private days(when: string): Uint8Array {
    const words = when.trim().split(/ +/);
    return Uint8Array.from({ length: this.dayCount }, (_, day) => {
      if (words[0] === 'days') return words.includes(String(day)) ? 1 : 0;
      const weekday = weekdays[weekdayOf((this.firstDay + day) as Parameters<typeof weekdayOf>[0])]!;
      return words[0] === '' || words.includes(weekday) ? 1 : 0;
    });
  }

  private call(text: string): DraftRun['calls'][number] {
    const [, stop, arrival, departure, rule] =
      /^(\S+) (\d+:\d\d)(?:\/(\d+:\d\d))?(?: \((pick up|set down) only\))?$/.exec(text) ?? [];
    if (!stop || !arrival) throw new Error(`Not a call: ${text}`);
    return {
      stop: this.stop(stop),
      arrival: minutesOf(arrival),
      departure: minutesOf(departure ?? arrival),
      flags: rule === 'set down' ? 1 : rule === 'pick up' ? 2 : 0,
    };
  }

  private stop(name: string): number {
    const known = this.stops.get(name);
    if (known !== undefined) return known;
    this.stops.set(name, this.stops.size);
    return this.stops.size - 1;
  }

  input(): TimetableInput {
    const calls = this.runs.flatMap((run) => run.calls);
    const offsets = [0];
    for (const run of this.runs) offsets.push(offsets.at(-1)! + run.calls.length);
    return {
      firstDay: this.firstDay,
      dayCount: this.dayCount,
      zones: this.zoneNames.map((name) => ({
        name,
        dayStart: Int32Array.from({ length: this.dayCount }, (_, day) => {
          const date = (this.firstDay + day) as Parameters<typeof serviceDayStart>[0];
          return serviceDayStart(date, name) - this.firstDay * 1440;
        }),
      })),
      stops: [...this.stops.keys()].map((id, index) => ({
        id,
        name: `Stop ${id}`,
        code: '',
        lat: 20 + index / 10,
        lng: 77,
        zone: this.zoneOf.get(id) ?? 0,
        parent: -1,
      })),
      lines: this.runs.map(({ id, routeType }) => ({
        id: `line ${id}`,
        shortName: id,
        longName: '',
        operator: 'Test',
        routeType,
        color: '',
      })),
      services: this.runs.map(({ zone, days }) => ({ zone, days })),
      runs: this.runs.map(({ id }, index) => ({
        id,
        line: index,
        service: index,
        number: '',
        headsign: '',
        headway: 0,
      })),
      stopTimes: {
        offsets: Uint32Array.from(offsets),
        stop: Uint32Array.from(calls, ({ stop }) => stop),
        arrival: Int32Array.from(calls, ({ arrival }) => arrival),
        departure: Int32Array.from(calls, ({ departure }) => departure),
        distance: Float32Array.from(
          this.runs.flatMap((run) => run.calls.map((_, position) => 10 * position)),
        ),
        flags: Uint8Array.from(calls, ({ flags }) => flags),
      },
      links: this.links,
    };
  }
}

/** `33:10` → 1990. */
export function minutesOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** `08:05+1` → { day: 1, minutes: 485 }. */
export function clockOf(text: string): { day: number; minutes: number } {
  const [, clock, day] = /^(\d\d:\d\d)([+-]\d+)?$/.exec(text) ?? [];
  const minutes = parseClock(clock ?? '');
  if (minutes === null) throw new Error(`Not a time: ${text}`);
  return { day: Number(day ?? 0), minutes };
}
