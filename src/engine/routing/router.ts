import type { NetworkImage } from '../timetable/image.ts';
import { ArrivalSearch } from './arrivalSearch.ts';
import { BackwardSearch } from './backward.ts';
import { ForwardSearch } from './forward.ts';
import type { Journey } from './journey.ts';
import { LowerMinutes } from './lowerMinutes.ts';
import { checkQuery } from './query.ts';
import type { Query } from './query.ts';
import { RangeSearch } from './range.ts';
import { SoonerChange } from './soonerChange.ts';

/**
 * Answers queries on one network, over all its service days. Its memory is used again by every query: one
 * router per thread, one query at a time.
 */
export class Router {
  private readonly image: NetworkImage;
  private readonly lower: LowerMinutes;
  private readonly forward: ForwardSearch;
  private readonly backward: BackwardSearch;
  private readonly soonerChange: SoonerChange;
  private ranges: RangeSearch | undefined;
  private arrivalSearch: ArrivalSearch | undefined;
  private cut = false;

  constructor(image: NetworkImage) {
    this.image = image;
    this.lower = new LowerMinutes(image);
    this.forward = new ForwardSearch(image, this.lower);
    this.backward = new BackwardSearch(image);
    this.soonerChange = new SoonerChange(image);
  }

  /** Whether `expired` has ended the last question: then its answer may lack journeys. */
  get partial(): boolean {
    return this.cut;
  }

  /**
   * Leaving at `query.time` or later: the non-dominated journeys by arrival and number of rides, fewest rides
   * first, so the last arrives earliest. Each leaves as late as its arrival and rides allow. Empty when the
   * destination cannot be reached.
   */
  earliestArrivals(query: Query): Journey[] {
    this.begin(query);
    return this.forwards(query).map((journey) =>
      this.soonerChange.of(query, this.leavingLater(query, journey)),
    );
  }

  /**
   * The last of `earliestArrivals`, found without the others: it arrives first, with the fewest rides that do, and
   * leaves as late as it may. Undefined when the destination cannot be reached.
   */
  earliestArrival(query: Query): Journey | undefined {
    checkQuery(this.image, query);
    const { journey, tooManyRides, cut } = this.scans.run(query);
    this.cut = cut;
    if (!tooManyRides) return journey && this.soonerChange.of(query, journey);
    // A scan does not count rides: where the earliest arrival needs too many, only rounds find the next best.
    const last = this.forwards(query).at(-1);
    return last && this.soonerChange.of(query, this.leavingLater(query, last));
  }

  /**
   * The earliest minute at which the traveller can be ready at each stop, with any number of rides, or `NEVER`: at
   * the latest `query.horizon` minutes after `query.time`. Egress does not matter. Valid until the next question.
   */
  arrivals(query: Query): Int32Array {
    checkQuery(this.image, query);
    const { minutes, cut } = this.scans.arrivals(query);
    this.cut = cut;
    return minutes;
  }

  private get scans(): ArrivalSearch {
    return (this.arrivalSearch ??= new ArrivalSearch(this.image, this.lower));
  }

  /** The journey that arrives as early with as many rides and leaves last. */
  private leavingLater(query: Query, journey: Journey): Journey {
    if (journey.rides === 0) return journey;
    const later = this.backwards(
      { ...query, time: journey.arrival, maxRides: journey.rides, minRides: 1 },
      { departingAfter: journey.departure, floor: this.forward.best },
    );
    return later.at(-1) ?? journey;
  }

  /**
   * Arriving at `query.time` or earlier: the non-dominated journeys by departure and number of rides, fewest
   * rides first, so the last departs latest. Each arrives as early as its departure and rides allow.
   */
  latestDepartures(query: Query): Journey[] {
    this.begin(query);
    return this.backwards(query).map((journey) => {
      if (journey.rides === 0) return journey;
      const earlier = this.forwards(
        { ...query, time: journey.departure, maxRides: journey.rides, minRides: 1 },
        { arrivingBefore: journey.arrival, ceiling: this.backward.best },
      );
      return this.soonerChange.of(query, earlier.at(-1) ?? journey);
    });
  }

  /**
   * Leaving within `window` minutes from `query.time`: the non-dominated journeys by departure, arrival and number
   * of rides, the last to leave first. At least one ride: a walk can be taken at any minute.
   */
  range(query: Query, window: number): Journey[] {
    this.begin(query);
    if (!Number.isInteger(window) || window < 0 || window > LONGEST_WINDOW)
      throw new RangeError(`${window} is not a window of 0 to ${LONGEST_WINDOW} minutes`);
    const search = (this.ranges ??= new RangeSearch(this.image));
    const journeys = search.run(query, window);
    this.cut = search.deadline.passed;
    return journeys.map((journey) => this.soonerChange.of(query, journey));
  }

  private begin(query: Query): void {
    checkQuery(this.image, query);
    this.cut = false;
  }

  private forwards(...asked: Parameters<ForwardSearch['run']>): Journey[] {
    const journeys = this.forward.run(...asked);
    this.cut ||= this.forward.deadline.passed;
    return journeys;
  }

  private backwards(...asked: Parameters<BackwardSearch['run']>): Journey[] {
    const journeys = this.backward.run(...asked);
    this.cut ||= this.backward.deadline.passed;
    return journeys;
  }
}

const LONGEST_WINDOW = 14 * 1440;
