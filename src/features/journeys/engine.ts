import { FareTable } from '../../engine/fares/fareTable.ts';
import { PricedRouter } from '../../engine/priced/pricedRouter.ts';
import { Router } from '../../engine/routing/router.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import type { PlaceIndex } from '../places/index.ts';
import { FareLines, type FareQuestion } from './fareLines.ts';
import { withPricedLinks } from './roadPrice.ts';
import type { JourneyRules } from './rules.ts';

/** Sets of fares kept: two classes by five steps of days to departure are possible, few are asked at one time. */
const MOST_FARE_SETS = 4;

/** The engine's working memory on one network, made when it is first needed: one thread's, one search at a time. */
export class Engine {
  readonly #image: NetworkImage;
  readonly #places: PlaceIndex;
  readonly #rules: JourneyRules;
  readonly #priced = new Map<string, PricedRouter>();
  #router: Router | undefined;
  #lines: FareLines | undefined;
  #pricedImage: NetworkImage | undefined;

  constructor(image: NetworkImage, places: PlaceIndex, rules: JourneyRules) {
    this.#image = image;
    this.#places = places;
    this.#rules = rules;
  }

  get router(): Router {
    return (this.#router ??= new Router(this.#image));
  }

  /** Fills the working memory for the usual question, a month ahead, so that the first one need not wait for it. */
  prepare(): void {
    void this.router;
    this.priced({ preference: 'BALANCED', daysAhead: 30 });
  }

  /** A router with the fares for one class and so many days to departure. */
  priced(question: FareQuestion): PricedRouter {
    this.#lines ??= new FareLines(this.#image, this.#places, this.#rules);
    this.#pricedImage ??= withPricedLinks(this.#image, this.#places, this.#rules);
    const key = this.#lines.keyOf(question);
    const known = this.#priced.get(key);
    const router =
      known ?? new PricedRouter(new FareTable(this.#pricedImage, this.#lines.faresFor(question)));
    // The one asked last goes to the end; the first is the one to forget.
    this.#priced.delete(key);
    this.#priced.set(key, router);
    const [oldest] = this.#priced.keys();
    if (this.#priced.size > MOST_FARE_SETS && oldest !== undefined) this.#priced.delete(oldest);
    return router;
  }
}
