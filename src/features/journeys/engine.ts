import { FareTable } from '../../engine/fares/fareTable.ts';
import { PricedRouter } from '../../engine/priced/pricedRouter.ts';
import { Router } from '../../engine/routing/router.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { asEpochDay, type EpochDay, formatDate } from '../../units/time.ts';
import { EngineFares } from '../fares/index.ts';
import { inForce } from '../rule-tables/index.ts';
import type { PlaceIndex } from '../places/index.ts';
import type { Preference, SearchRequest } from './contract.ts';
import { fareLinesOf } from './fareLines.ts';
import { withPricedLinks } from './roadPrice.ts';
import type { JourneyRules } from './rules.ts';

/**
 * Sets of fares kept, each 14 MB on the sample network. Two classes, five steps of days to departure and four kinds of
 * day are possible; few are asked at one time, and another one is made in 50 ms.
 */
const MOST_FARE_SETS = 6;

/** What decides which fares a search counts with. */
export interface EngineQuestion extends Pick<SearchRequest, 'quota' | 'class'> {
  readonly preference: Preference;
  /** Local date of today, and of departure. */
  readonly today: EpochDay;
  readonly day: EpochDay;
}

/** The usual question is asked so many days ahead. */
const USUAL_DAYS_AHEAD = 30;

/** The engine's working memory on one network, made when it is first needed: one thread's, one search at a time. */
export class Engine {
  readonly #image: NetworkImage;
  readonly #places: PlaceIndex;
  readonly #rules: JourneyRules;
  readonly #priced = new Map<string, PricedRouter>();
  #router: Router | undefined;
  #fares: EngineFares | undefined;
  /** Links by the meters that are in force: the same for months. */
  #links: { readonly meters: string; readonly image: NetworkImage } | undefined;

  constructor(image: NetworkImage, places: PlaceIndex, rules: JourneyRules) {
    this.#image = image;
    this.#places = places;
    this.#rules = rules;
  }

  get router(): Router {
    return (this.#router ??= new Router(this.#image));
  }

  /** Fills the working memory for the usual question, a month ahead, so that the first one need not wait for it. */
  prepare(today: EpochDay): void {
    void this.router;
    this.priced({ preference: 'BALANCED', today, day: asEpochDay(today + USUAL_DAYS_AHEAD) });
  }

  /** A router with the fares of one day for one class and so many days to departure. */
  priced({ preference, quota, class: wished, today, day }: EngineQuestion): PricedRouter {
    const image = this.#withLinks(today);
    this.#fares ??= new EngineFares(this.#rules.fares, fareLinesOf(this.#image, this.#places));
    const question = {
      preference,
      ...(quota ? { quota } : {}),
      ...(wished ? { wished } : {}),
      bookingDate: formatDate(today),
      travelDate: formatDate(day),
    };
    const key = this.#fares.keyOf(question);
    const known = this.#priced.get(key);
    const router = known ?? new PricedRouter(new FareTable(image, this.#fares.faresFor(question)));
    // The one asked last goes to the end; the first is the one to forget.
    this.#priced.delete(key);
    this.#priced.set(key, router);
    const [oldest] = this.#priced.keys();
    if (this.#priced.size > MOST_FARE_SETS && oldest !== undefined) this.#priced.delete(oldest);
    return router;
  }

  #withLinks(today: EpochDay): NetworkImage {
    const date = formatDate(today);
    const meters = this.#rules.fares.meters.filter((row) => inForce(row, date)).map(({ id }) => id);
    const key = meters.join(' ');
    if (this.#links?.meters !== key) {
      this.#links = { meters: key, image: withPricedLinks(this.#image, this.#places, this.#rules, today) };
      this.#priced.clear();
    }
    return this.#links.image;
  }
}
