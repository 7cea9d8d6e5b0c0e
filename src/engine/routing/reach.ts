import type { NetworkImage } from '../timetable/image.ts';
import type { Views } from '../timetable/layout.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { Nearest } from './nearest.ts';
import { NEVER } from './query.ts';
import type { Endpoint, Query } from './query.ts';
import { QuietHours } from './quietHours.ts';
import { Waits } from './waits.ts';

const NO_LINK = -1;

/** How the origin leads to a stop without a ride: an endpoint's number, and a link or -1. */
interface WayToFirst {
  readonly access: number;
  readonly link: number;
}

/**
 * When a traveller can be ready at each stop. The connection scan from the origin fills it; since a minute, once
 * passed, never becomes a stop's ready minute any more, it then answers for every boarding whether it is in time.
 */
export class Reach {
  /** Per stop: earliest ready minute without a ride, after a ride (and perhaps a link), and by ride alone; or NEVER. */
  readonly first: Int32Array;
  readonly ready: Int32Array;
  readonly byRide: Int32Array;
  /** Per stop: the earliest minute at which some ride might be boarded: what the scan asks of every hop. */
  readonly open: Int32Array;
  /** The stops that are ready without a ride. */
  readonly begun: number[] = [];
  readonly egress: Nearest;
  private readonly accessNumber: Int32Array;
  private readonly accessLink: Int32Array;
  /** Of the first ride, and of those after a change. */
  readonly firstWaits = new Waits();
  readonly waits = new Waits();
  nearestEgress = 0;
  /** An arrival at the destination without a ride, or NEVER. */
  walked = NEVER;
  /** That way: stop to stop by a link. */
  walk: WayToFirst & { readonly egress: number } = { access: 0, link: NO_LINK, egress: 0 };
  private leastFirstWait = 0;
  private leastBoardWait = 0;
  private readonly views: Views;
  readonly quiet: QuietHours;
  isQuiet = false;
  private modes = 0;
  private noted: readonly Endpoint[] = [];

  constructor(image: NetworkImage) {
    this.views = image.views;
    this.quiet = new QuietHours(image);
    const perStop = (): Int32Array => new Int32Array(image.stopCount);
    this.first = perStop();
    this.ready = perStop();
    this.byRide = perStop();
    this.open = perStop();
    this.egress = new Nearest(image.stopCount);
    this.accessNumber = perStop();
    this.accessLink = perStop();
  }

  /** What is known before the first ride. */
  start(query: Query): void {
    for (const column of [this.first, this.ready, this.byRide, this.open]) column.fill(NEVER);
    this.begun.length = 0;
    this.setWaits(query);
    this.setEgress(query);
    this.isQuiet = this.quiet.set(query.quietHours);
    this.walked = NEVER;
    query.access.forEach(({ stop, minutes }, access) =>
      this.begin(stop, query.time + minutes, { access, link: NO_LINK }),
    );
    if (query.links) this.takeFirstLinks(query);
  }

  private setWaits(query: Query): void {
    this.modes = query.modes;
    this.leastFirstWait = this.leastBoardWait = NEVER;
    this.firstWaits.set(query, false);
    this.waits.set(query, true);
    for (let mode = 0; mode < modeCount; mode++) {
      if (!this.permits(mode)) continue;
      this.leastFirstWait = Math.min(this.leastFirstWait, this.firstWaits.board[mode]!);
      this.leastBoardWait = Math.min(this.leastBoardWait, this.waits.board[mode]!);
    }
  }

  private setEgress(query: Query): void {
    this.egress.forget(this.noted);
    this.egress.note(query.egress);
    this.noted = query.egress;
    this.nearestEgress = Math.min(NEVER, ...query.egress.map(({ minutes }) => minutes));
  }

  /** Links from the access stops; one that leads to an egress stop is an answer of its own. */
  private takeFirstLinks(query: Query): void {
    const { links, linkTo, linkMinutes } = this.views;
    query.access.forEach(({ stop, minutes }, access) => {
      for (let link = links[stop]!; link < links[stop + 1]!; link++) {
        const to = linkTo[link]!;
        const ready = query.time + minutes + linkMinutes[link]!;
        this.begin(to, ready, { access, link });
        const onward = this.egress.minutes[to]!;
        if (onward < 0 || query.minRides === 1 || ready + onward >= this.walked) continue;
        this.walked = ready + onward;
        this.walk = { access, link, egress: this.egress.number[to]! };
      }
    });
  }

  private begin(stop: number, ready: number, way: WayToFirst): void {
    if (ready >= this.first[stop]!) return;
    if (this.first[stop] === NEVER) this.begun.push(stop);
    this.first[stop] = ready;
    this.accessNumber[stop] = way.access;
    this.accessLink[stop] = way.link;
    this.open[stop] = Math.min(this.open[stop]!, ready + this.leastFirstWait);
  }

  /** A stop can be left at `ready` after a ride. Answers from when on some ride might be boarded. */
  arrive(stop: number, ready: number): number {
    this.ready[stop] = ready;
    const open = ready + this.leastBoardWait;
    if (open < this.open[stop]!) this.open[stop] = open;
    return open;
  }

  wayTo(stop: number): WayToFirst {
    return { access: this.accessNumber[stop]!, link: this.accessLink[stop]! };
  }

  permits(mode: number): boolean {
    return (this.modes & modeBit(mode)) !== 0;
  }

  /** Whether the traveller can board a ride of this mode that departs then. */
  boards(stop: number, mode: number, departure: number): boolean {
    return (
      (this.ready[stop]! + this.waits.board[mode]! <= departure ||
        this.first[stop]! + this.firstWaits.board[mode]! <= departure) &&
      (!this.isQuiet || this.quiet.after(stop, departure) === departure)
    );
  }
}
