import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type AppError, readInput } from '../../errors.ts';
import { LANGUAGE_KEY, languageCookie, languageOf } from '../../units/language.ts';
import { epochMinuteOf, formatDate, wallClockAt } from '../../units/time.ts';
import type { Visitor } from '../analytics/index.ts';
import {
  requestOfQuery,
  type SearchRequest,
  searchRequestSchema,
  type SearchResponse,
} from '../journeys/contract.ts';
import { KeptSearch } from '../journeys/index.ts';
import { hindiNames, type PlaceIndex } from '../places/index.ts';
import { askedBefore, isAsked, pairsAsked, queryAsked, SEARCH_PAGE } from './asked.ts';
import { searchPageStyle } from './pageStyle.ts';
import { answerPage, emptyPage, faultPage, type PageOf, SEARCH_STYLE_PATH } from './searchPage.ts';

export interface SearchPageServices {
  /** Answers and records one checked search; `text` is what it was read from. */
  search(request: SearchRequest, visitor: Visitor, text: string): Promise<SearchResponse | KeptSearch>;
  visitor(c: Context): Promise<Visitor>;
  /** Places of the active network. Throws `NO_ACTIVE_NETWORK`. */
  places(): PlaceIndex;
}

const ZONE = 'Asia/Kolkata';

/** Adds the search as a page without a script. Its failures are answered by {@link searchFault}. */
export function addSearchPage(app: OpenAPIHono, services: SearchPageServices): void {
  app.get(SEARCH_PAGE, async (c) => {
    const language = languageOf(c.req.raw);
    if (c.req.query(LANGUAGE_KEY) === language) c.header('Set-Cookie', languageCookie(language));
    const of = pageOf(c, language === 'hi' ? hindiNames(services.places()) : {});
    if (!isAsked(of.asked)) return c.html(emptyPage(of));
    const request = readInput(searchRequestSchema, requestOfQuery(queryAsked(of.asked)), 'query');
    const text = `PAGE ${of.asked.toString()}`;
    const found = await services.search(request, await services.visitor(c), text);
    return c.html(answerPage(of, answerOf(found), request.passengers));
  });
  app.get(SEARCH_STYLE_PATH, (c) =>
    c.body(searchPageStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
  );
}

const answerOf = (found: SearchResponse | KeptSearch): SearchResponse =>
  found instanceof KeptSearch ? (JSON.parse(Buffer.from(found.plain()).toString()) as SearchResponse) : found;

function pageOf(c: Context, names: PageOf['names']): PageOf {
  const { url } = c.req;
  const own = pairsAsked(new URL(url).searchParams);
  const before = isAsked(own) ? null : askedBefore(c.req.header('referer'), url);
  return {
    language: languageOf(c.req.raw),
    asked: before === null ? own : pairsAsked(before),
    today: formatDate(wallClockAt(epochMinuteOf(Date.now()), ZONE).day),
    names,
  };
}

/** The problem as a page, with the status and the headers of `response`; null for what is asked elsewhere. */
export function searchFault(
  c: Context,
  error: AppError,
  { response, ...told }: { readonly response: Response; readonly requestId: string; readonly detail: string },
): Response | null {
  if (c.req.path !== SEARCH_PAGE || c.req.method !== 'GET') return null;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'text/html; charset=utf-8');
  const page = faultPage(pageOf(c, {}), error, { ...told, wait: headers.get('retry-after') });
  return new Response(page, { status: response.status, headers });
}
