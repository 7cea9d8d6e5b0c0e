import type { NetworkImage } from '../timetable/image.ts';
import { BackwardSearch } from './backward.ts';
import { ForwardSearch } from './forward.ts';
import type { Journey } from './journey.ts';
import { checkQuery } from './query.ts';
import type { Query } from './query.ts';
import { RangeSearch } from './range.ts';

/**
 * Answers queries on one network, over all its service days. Its memory is used again by every query: one
 * router per thread, one query at a time.
 */
export class Router {
  private readonly image: NetworkImage;
  private readonly forward: ForwardSearch;
  private readonly backward: BackwardSearch;
  private ranges: RangeSearch | undefined;

  constructor(image: NetworkImage) {
    this.image = image;
    this.forward = new ForwardSearch(image);
    this.backward = new BackwardSearch(image);
  }

  /**
   * Leaving at `query.time` or later: the non-dominated journeys by arrival and number of rides, fewest rides
   * first, so the last arrives earliest. Each leaves as late as its arrival and rides allow. Empty when the
   * destination cannot be reached.
   */
  earliestArrivals(query: Query): Journey[] {
    checkQuery(this.image, query);
    return this.forward.run(query).map((journey) => this.leavingLater(query, journey));
  }

  /** The last of `earliestArrivals`, found without the others. Undefined when the destination cannot be reached. */
  earliestArrival(query: Query): Journey | undefined {
    checkQuery(this.image, query);
    const journey = this.forward.run(query).at(-1);
    return journey && this.leavingLater(query, journey);
  }

  /** The journey that arrives as early with as many rides and leaves last. */
  private leavingLater(query: Query, journey: Journey): Journey {
    if (journey.rides === 0) return journey;
    const [later] = this.backward
      .run(
        { ...query, time: journey.arrival, maxRides: journey.rides, minRides: 1 },
        { departingAfter: journey.departure, floor: this.forward.best },
      )
      .slice(-1);
    return later ?? journey;
  }

  /**
   * Arriving at `query.time` or earlier: the non-dominated journeys by departure and number of rides, fewest
   * rides first, so the last departs latest. Each arrives as early as its departure and rides allow.
   */
  latestDepartures(query: Query): Journey[] {
    checkQuery(this.image, query);
    return this.backward.run(query).map((journey) => {
      if (journey.rides === 0) return journey;
      const [earlier] = this.forward
        .run(
          { ...query, time: journey.departure, maxRides: journey.rides, minRides: 1 },
          { arrivingBefore: journey.arrival, ceiling: this.backward.best },
        )
        .slice(-1);
      return earlier ?? journey;
    });
  }

  /**
   * Leaving within `window` minutes from `query.time`: the non-dominated journeys by departure, arrival and number
   * of rides, the last to leave first. At least one ride: a walk can be taken at any minute.
   */
  range(query: Query, window: number): Journey[] {
    checkQuery(this.image, query);
    if (!Number.isInteger(window) || window < 0 || window > LONGEST_WINDOW)
      throw new RangeError(`${window} is not a window of 0 to ${LONGEST_WINDOW} minutes`);
    return (this.ranges ??= new RangeSearch(this.image)).run(query, window);
  }
}

const LONGEST_WINDOW = 14 * 1440;
