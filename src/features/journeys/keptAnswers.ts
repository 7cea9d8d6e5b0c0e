import type { SearchId } from '../../units/ids.ts';
import { type EpochMinute, epochMinuteOf } from '../../units/time.ts';
import type { Location } from '../places/contract.ts';
import { areaOf, publicPlace, resolvePlace } from '../places/index.ts';
import type { SearchRequest, SearchResponse } from './contract.ts';
import { PackedTail } from './packedTail.ts';
import type { Planner } from './planner.ts';
import { answerSearch, readSearch, type SearchCall } from './searchJourneys.ts';
import { askedOf } from './searchRequest.ts';

/** What is noted of a search for the operator's figures. */
export interface SearchFacts {
  readonly origin: Location;
  readonly destination: Location;
  readonly stops: readonly object[] | null;
  readonly date: string;
  readonly passengers: number;
  readonly preference: SearchRequest['preference'];
  readonly routesFound: number;
  readonly corridor: { readonly from: string | null; readonly to: string | null };
}

export interface AnsweredSearch {
  readonly searchId: SearchId;
  readonly facts: SearchFacts;
  readonly answer: SearchResponse | KeptSearch;
}

/** An answer that is bytes already. */
export class KeptSearch {
  readonly searchId: SearchId;
  readonly #body: WrittenBody;

  constructor(searchId: SearchId, body: WrittenBody) {
    this.searchId = searchId;
    this.#body = body;
  }

  /** JSON of a `SearchResponse`. */
  plain(): Uint8Array<ArrayBuffer> {
    return this.#body.plain(this.searchId);
  }

  gzip(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#body.gzip(this.searchId);
  }
}

/** A written answer but for the id, its first field: every search has one of its own. */
class WrittenBody {
  readonly #tail: Buffer;
  #packed: Promise<PackedTail> | undefined;

  constructor(response: SearchResponse) {
    const { searchId, ...rest } = response;
    if (Object.keys(response)[0] !== 'searchId') throw new Error(`The id ${searchId} does not come first`);
    this.#tail = Buffer.from(`,${JSON.stringify(rest).slice(1)}`);
  }

  get bytes(): number {
    return this.#tail.length;
  }

  plain(searchId: SearchId): Uint8Array<ArrayBuffer> {
    return Buffer.concat([beginning(searchId), this.#tail]);
  }

  async gzip(searchId: SearchId): Promise<Uint8Array<ArrayBuffer>> {
    this.#packed ??= PackedTail.of(this.#tail);
    return (await this.#packed).after(beginning(searchId));
  }
}

const beginning = (searchId: SearchId): Buffer => Buffer.from(`{"searchId":"${searchId}"`);

interface Kept {
  readonly body: WrittenBody;
  readonly facts: SearchFacts;
  /** On the clock of `performance`. */
  readonly until: number;
}

/** An answer of many routes has 80 KB, and 8 KB packed. */
const MOST_BYTES = 32 * 1024 * 1024;
const LONGEST_MS = 60_000;
const MOST_TEXTS = 2000;
const LONGEST_TEXT = 2000;

/**
 * Answers of the route cache as bytes, in this process and for at most a minute, since reading one from the database,
 * parsing and writing it again takes most of the time of a search that is answered already. Keeps nothing of
 * travellers: what depends on them, or on where they live, is not kept. Also knows for the running minute which question a text asks, so that
 * the same text is not checked and resolved again; "from now" is another question the next minute.
 */
export class KeptAnswers {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  #answered = 0;
  /** Text of a request → its question. */
  readonly #questions = new Map<string, string>();
  #minute: EpochMinute | undefined;
  #planner: Planner | undefined;
  readonly #mostBytes: number;

  constructor({ mostBytes = MOST_BYTES }: { readonly mostBytes?: number } = {}) {
    this.#mostBytes = mostBytes;
  }

  /** How many searches, since the start. */
  get answered(): number {
    return this.#answered;
  }

  /** Of all answers that are here, not packed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The answer to a request in the same words, if it is here. */
  find(planner: Planner, text: string, searchId: SearchId, now: number): AnsweredSearch | null {
    this.#turnTo(planner, now);
    const question = this.#questions.get(text);
    return question === undefined ? null : this.#answer(question, searchId);
  }

  /** Answers a request from here, from the route cache or by computing. Throws as `readSearch`. */
  async search(
    planner: Planner,
    request: SearchRequest,
    text: string,
    call: SearchCall,
  ): Promise<AnsweredSearch> {
    const read = readSearch(planner, request, call);
    // Not part of the key: how the time is written.
    const question = `${read.key} ${request.time ?? ''}`;
    const forAll = read.shared && askedOf(request) === undefined;
    if (forAll) {
      this.#remember(planner, text, question, call.now);
      const kept = this.#answer(question, call.searchId);
      if (kept) return kept;
    }
    const { response, keptMs } = await answerSearch(planner, read, call);
    const facts = factsOf(planner, request, response);
    if (forAll && keptMs > 0) this.#keep(question, response, facts, keptMs);
    return { searchId: call.searchId, facts, answer: response };
  }

  #answer(question: string, searchId: SearchId): AnsweredSearch | null {
    const kept = this.#kept.get(question);
    if (!kept) return null;
    if (kept.until > performance.now()) {
      this.#answered += 1;
      return { searchId, facts: kept.facts, answer: new KeptSearch(searchId, kept.body) };
    }
    this.#drop(question, kept);
    return null;
  }

  #keep(question: string, response: SearchResponse, facts: SearchFacts, keptMs: number): void {
    const before = this.#kept.get(question);
    if (before) this.#drop(question, before);
    const body = new WrittenBody(response);
    this.#kept.set(question, { body, facts, until: performance.now() + Math.min(keptMs, LONGEST_MS) });
    this.#bytes += body.bytes;
    // The oldest first: nothing is here for longer than a minute.
    for (const [other, kept] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#drop(other, kept);
    }
  }

  #drop(question: string, { body }: Kept): void {
    this.#kept.delete(question);
    this.#bytes -= body.bytes;
  }

  #remember(planner: Planner, text: string, question: string, now: number): void {
    this.#turnTo(planner, now);
    if (text.length > LONGEST_TEXT) return;
    if (this.#questions.size >= MOST_TEXTS) this.#questions.clear();
    this.#questions.set(text, question);
  }

  #turnTo(planner: Planner, now: number): void {
    const minute = epochMinuteOf(now);
    if (minute === this.#minute && planner === this.#planner) return;
    this.#questions.clear();
    this.#minute = minute;
    this.#planner = planner;
  }
}

/** Of a place somebody lives at only the town is noted. */
export function factsOf(
  { places }: Pick<Planner, 'places'>,
  request: SearchRequest,
  response: SearchResponse,
): SearchFacts {
  const noted = (place: string | Location): Location =>
    publicPlace(places, typeof place === 'string' ? resolvePlace(places, place, '').location : place);
  return {
    origin: noted(response.origin),
    destination: noted(response.destination),
    stops: request.stops?.map(({ place, ...stop }) => ({ ...stop, place: noted(place) })) ?? null,
    date: response.date,
    passengers: request.passengers,
    preference: request.preference,
    routesFound: response.routes.length,
    corridor: { from: areaOf(places, response.origin), to: areaOf(places, response.destination) },
  };
}
