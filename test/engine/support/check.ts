import assert from 'node:assert/strict';
import { FareTable } from '../../../src/engine/fares/fareTable.ts';
import { freeFares } from '../../../src/engine/fares/freeFares.ts';
import { readFares } from '../../../src/engine/fares/readFares.ts';
import { HORIZON } from '../../../src/engine/priced/query.ts';
import { PricedRouter } from '../../../src/engine/priced/pricedRouter.ts';
import { Exhaustive } from '../../properties/exhaustive.ts';
import { ConnectionScan } from '../../../src/engine/routing/connectionScan.ts';
import { formatJourney } from '../../../src/engine/routing/format.ts';
import type { Endpoint, Query } from '../../../src/engine/routing/query.ts';
import { Router } from '../../../src/engine/routing/router.ts';
import { compileTimetable } from '../../../src/engine/timetable/compile.ts';
import type { NetworkImage } from '../../../src/engine/timetable/image.ts';
import { allModes, modeMask } from '../../../src/engine/timetable/modes.ts';
import type { ModeName } from '../../../src/engine/timetable/modes.ts';
import { asEpochDay, instantOf } from '../../../src/units/time.ts';
import { clockOf, timetable } from './timetable.ts';

export interface Question {
  /** A stop, or stops with the minutes to them: `'A 5, B 12'`. */
  readonly from: string;
  readonly to: string;
  /** Wall clock at the first stop of `from`: `08:00`, `08:00+1`. */
  readonly at: string;
  readonly maxRides?: number;
  readonly change?: number;
  readonly modes?: readonly ModeName[];
  readonly links?: boolean;
  readonly minRides?: 0 | 1;
  readonly horizon?: number;
  /** By mode name: minutes before departure and after arrival. */
  readonly board?: Partial<Record<ModeName, number>>;
  readonly alight?: Partial<Record<ModeName, number>>;
  /** Nobody boards from one clock to the other: `'23:00-05:00'`. */
  readonly quiet?: string;
}

export interface PricedQuestion extends Question {
  /** Families as a fare file has them. */
  readonly fares: readonly object[];
  readonly passengers?: number;
  readonly vias?: readonly { readonly stop: string; readonly dwell: number; readonly maxDwell?: number }[];
}

export class World {
  readonly input;
  readonly image: NetworkImage;
  private readonly router: Router;
  private readonly oracle: ConnectionScan;

  constructor(text: string) {
    this.input = timetable(text);
    this.image = compileTimetable(this.input);
    this.router = new Router(this.image);
    this.oracle = new ConnectionScan(this.input);
  }

  /**
   * Leaving at `at`, these journeys are found, fewest rides first; asked for the earliest arrival alone, the last of
   * them. The oracle sees the same arrivals, and asked for the latest departure that arrives when each of them does,
   * the router finds the same journey.
   */
  leaving(question: Question, ...lines: readonly string[]): void {
    const query = this.query(question, question.from);
    const journeys = this.router.earliestArrivals(query);
    assert.deepEqual(
      journeys.map((journey) => formatJourney(this.image, journey)),
      lines,
    );
    const first = this.router.earliestArrival(query);
    assert.equal(first && formatJourney(this.image, first), lines.at(-1));
    const arrivals = this.oracle.earliestArrivals(query);
    assert.deepEqual(
      [...new Set(arrivals)].filter(Number.isFinite),
      journeys.map(({ arrival }) => arrival),
    );
    for (const { arrival, rides, departure } of journeys) {
      if (rides === 0) continue;
      const back = {
        ...query,
        time: arrival,
        maxRides: rides,
        horizon: arrival - departure,
        minRides: 1 as const,
      };
      const found = this.router.latestDepartures(back).at(-1);
      assert.ok(found, 'arriving by: nothing is found');
      assert.equal(
        formatJourney(this.image, found),
        lines[journeys.findIndex((journey) => journey.rides === rides)],
      );
    }
  }

  /** Arriving by `at` (wall clock at the first stop of `to`), these journeys are found, fewest rides first. */
  arriving(question: Question, ...lines: readonly string[]): void {
    const query = this.query(question, question.to);
    const journeys = this.router.latestDepartures(query);
    assert.deepEqual(
      journeys.map((journey) => formatJourney(this.image, journey)),
      lines,
    );
    for (const { departure, arrival, rides } of journeys) {
      const { horizon: _, ...forward } = { ...query, time: departure, maxRides: rides };
      assert.equal(
        this.oracle.earliestArrivals(forward).at(-1),
        arrival,
        'the oracle arrives at another time',
      );
      assert.ok(
        this.oracle.earliestArrivals({ ...forward, time: departure + 1 }).at(-1)! > query.time,
        'the oracle leaves later',
      );
    }
  }

  /**
   * Leaving at `at`, the front by arrival, rides and price is this, fewest rides first: `… for 60`. The exhaustive
   * search sees the same one. A ride from one call to the next is 10 km; prices are in minor units.
   */
  priced(question: PricedQuestion, ...lines: readonly string[]): void {
    const fares = readFares({ currency: 'INR', families: question.fares });
    const vias = (question.vias ?? []).map(({ stop, ...stay }) => ({
      stop: this.endpoints(stop)[0]!.stop,
      ...stay,
    }));
    const query = {
      ...this.query(question, question.from),
      passengers: question.passengers ?? 1,
      horizon: question.horizon ?? HORIZON,
      vias: vias.map(({ stop, ...stay }) => ({ stops: [stop], ...stay })),
    };
    const { journeys } = new PricedRouter(new FareTable(this.image, fares)).pareto(query);
    assert.deepEqual(
      journeys.map((journey) => `${formatJourney(this.image, journey)} for ${journey.price}`),
      lines,
    );
    const member = ({ arrival, rides, price }: { arrival: number; rides: number; price: number }) =>
      `${rides} ${arrival} ${price}`;
    assert.deepEqual(
      journeys.map(member).toSorted(),
      new Exhaustive(this.input, fares).front(query, { price: true, vias }).map(member).toSorted(),
    );
  }

  /** Leaving at `at`, the earliest arrival over the vias is this, or there is none. The exhaustive search agrees. */
  overVias(question: Omit<PricedQuestion, 'fares'>, line?: string): void {
    const vias = (question.vias ?? []).map(({ stop, ...stay }) => ({
      stop: this.endpoints(stop)[0]!.stop,
      ...stay,
    }));
    const query = {
      ...this.query(question, question.from),
      passengers: 1,
      horizon: question.horizon ?? HORIZON,
      vias: vias.map(({ stop, ...stay }) => ({ stops: [stop], ...stay })),
    };
    const router = new PricedRouter(new FareTable(this.image, freeFares(this.image)));
    const [journey] = router.earliestArrival(query).journeys;
    assert.equal(journey && formatJourney(this.image, journey), line);
    const truth = new Exhaustive(this.input).front(query, { vias });
    assert.equal(journey?.arrival ?? Infinity, Math.min(Infinity, ...truth.map(({ arrival }) => arrival)));
  }

  /** Leaving within `window` minutes from `at`: these, the last first. The exhaustive search sees the same. */
  ranging(question: Question, window: number, ...lines: readonly string[]): void {
    const query = this.query(question, question.from);
    const journeys = this.router.range(query, window);
    assert.deepEqual(
      journeys.map((journey) => formatJourney(this.image, journey)),
      lines,
    );
    const member = (point: { departure: number; arrival: number; rides: number }) =>
      `${point.rides} ${point.departure} ${point.arrival}`;
    const truth = new Exhaustive(this.input).front(
      { ...query, minRides: 1, passengers: 1 },
      { departure: true, until: query.time + window },
    );
    assert.deepEqual(journeys.map(member).toSorted(), truth.map(member).toSorted());
  }

  private query(question: Question, clockStop: string): Query {
    const byMode = (minutes: Question['board']): number[] => {
      const list = Array.from({ length: 7 }, () => 0);
      for (const [mode, value] of Object.entries(minutes ?? {}))
        list[Math.log2(modeMask([mode as ModeName]))] = value;
      return list;
    };
    const { day, minutes } = clockOf(question.at);
    const zone = this.image.stopZone(this.endpoints(clockStop)[0]!.stop);
    return {
      access: this.endpoints(question.from),
      egress: this.endpoints(question.to),
      time: this.image.timelineAt(instantOf(asEpochDay(this.image.firstDay + day), minutes, zone)),
      maxRides: question.maxRides ?? 8,
      changeMinutes: question.change ?? 0,
      modes: question.modes ? modeMask(question.modes) : allModes,
      links: question.links ?? true,
      boardMinutes: byMode(question.board),
      alightMinutes: byMode(question.alight),
      ...(question.minRides === undefined ? {} : { minRides: question.minRides }),
      ...(question.horizon === undefined ? {} : { horizon: question.horizon }),
      ...(question.quiet === undefined ? {} : { quietHours: quietSpan(question.quiet) }),
    };
  }

  private endpoints(text: string): Endpoint[] {
    return text.split(/, */).map((part) => {
      const [id, minutes] = part.split(' ');
      const stop = this.image.findStop(id!);
      if (stop === undefined) throw new Error(`No stop ${id} in this timetable`);
      return { stop, minutes: Number(minutes ?? 0) };
    });
  }
}

function quietSpan(text: string): { from: number; to: number } {
  const [from, to] = text.split('-').map((clock) => clockOf(clock).minutes);
  return { from: from!, to: to! };
}
