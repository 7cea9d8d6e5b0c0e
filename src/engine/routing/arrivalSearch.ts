import type { NetworkImage } from '../timetable/image.ts';
import { EarliestScan } from './earliestScan.ts';
import { FewestRides } from './fewestRides.ts';
import { HopColumns } from './hopColumns.ts';
import { writeJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import type { LowerMinutes } from './lowerMinutes.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import { Reach } from './reach.ts';

/** What a scan says of the earliest arrival. */
interface Earliest {
  /** Undefined when the destination cannot be reached, and when `tooManyRides`. */
  readonly journey: Journey | undefined;
  /** The earliest arrival takes more than `query.maxRides` rides: whoever may not, must search by rides. */
  readonly tooManyRides: boolean;
  /** `query.expired` has ended the scan. */
  readonly cut: boolean;
}

/**
 * The earliest arrival: a connection scan finds the minute; rounds of rides back from the destination, within what the
 * scan has reached, find the fewest rides for it and of those the latest departure.
 */
export class ArrivalSearch {
  private readonly image: NetworkImage;
  private readonly reach: Reach;
  private readonly earliest: EarliestScan;
  private readonly fewest: FewestRides;

  constructor(image: NetworkImage, lower: LowerMinutes) {
    this.image = image;
    const columns = new HopColumns(image);
    this.reach = new Reach(image);
    this.earliest = new EarliestScan(image, columns, this.reach, lower);
    this.fewest = new FewestRides(image, columns.patterns, this.reach);
  }

  /** The journey that arrives first; of those the one with the fewest rides, of those the one that leaves last. */
  run(query: Query): Earliest {
    const { reach } = this;
    reach.start(query);
    const { arrival, cut } = this.earliest.run(query);
    if (reach.walked <= arrival) return { journey: this.walk(query), tooManyRides: false, cut };
    if (arrival === NEVER) return { journey: undefined, tooManyRides: false, cut };
    const journey = this.fewest.run(query, arrival);
    return { journey, tooManyRides: journey === undefined, cut };
  }

  /**
   * The earliest ready minute at every stop, with any number of rides and links, or `NEVER`; one after the query's
   * horizon is `NEVER` too. Valid until the next question.
   */
  arrivals(query: Query): { readonly minutes: Int32Array; readonly cut: boolean } {
    const { first, ready } = this.reach;
    this.reach.start(query);
    const { cut } = this.earliest.run(query, true);
    const end = query.time + (query.horizon ?? NEVER / 2);
    for (let stop = 0; stop < first.length; stop++)
      if (first[stop]! < ready[stop]! && first[stop]! <= end) ready[stop] = first[stop]!;
    return { minutes: ready, cut };
  }

  private walk(query: Query): Journey | undefined {
    const { walked, walk } = this.reach;
    if (walked === NEVER || walked > query.time + (query.horizon ?? NEVER)) return undefined;
    const access = query.access[walk.access]!;
    return writeJourney(this.image, query, {
      access,
      egress: query.egress[walk.egress]!,
      steps: [{ link: walk.link }],
      start: query.time + access.minutes,
    });
  }
}
