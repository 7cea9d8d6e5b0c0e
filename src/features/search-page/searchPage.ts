/** The search as a page without a script: form, options, or what is wrong with what was asked. */
import type { AppError } from '../../errors.ts';
import { escapeHtml, htmlPage } from '../../units/htmlPage.ts';
import type { Language } from '../../units/language.ts';
import type { SearchResponse } from '../journeys/contract.ts';
import { addressOf } from './asked.ts';
import { optionItem, type Speech, speechOf } from './optionItem.ts';
import { searchForm } from './searchForm.ts';

/** Served beside the page: it allows no inline style. */
export const SEARCH_STYLE_PATH = '/api/search-page.css';

export interface PageOf {
  readonly language: Language;
  /** What was asked, as far as it can be read. */
  readonly asked: URLSearchParams;
  /** Today by the clock of India, `2026-12-15`. */
  readonly today: string;
  /** Hindi names of places by their own. */
  readonly names: Readonly<Record<string, string>>;
}

export function emptyPage(of: PageOf): string {
  const { words } = speechOf(of.language, of.names);
  return framed(
    of,
    words.title,
    `<p class="soft">${words.intro} <a href="/">${words.full}</a></p>
${searchForm(of)}`,
  );
}

/** What was found, with the form below it. */
export function answerPage(of: PageOf, answer: SearchResponse, passengers: number): string {
  const speech = speechOf(of.language, of.names);
  const { words, place, day } = speech;
  const options = answer.routes.map((route, index) =>
    optionItem(route, { speech, position: index + 1, passengers }),
  );
  return framed(
    of,
    words.route(place(answer.origin.name), place(answer.destination.name)),
    `<p>${escapeHtml([day(answer.date), answer.time].filter((part) => part !== null).join(', '))} · <a href="#form">${words.again}</a></p>
${answer.network.sample ? `<p class="notice">${words.sample}</p>` : ''}
${answer.partial ? `<p class="notice">${words.partial}</p>` : ''}
<h2>${options.length === 0 ? words.none : words.found(options.length)}</h2>
${options.length === 0 ? alternatives(of, answer, speech) : `<ol class="options">${options.join('\n')}</ol>`}
<p class="soft">${words.honesty}</p>
<h2 id="form">${words.again}</h2>
${searchForm(of)}`,
  );
}

/** What is wrong, each fault tied to its field, and the form as it was sent. */
export function faultPage(of: PageOf, error: AppError, { detail, requestId, wait }: FaultFacts): string {
  const { words } = speechOf(of.language, of.names);
  const faults = faultsOf(error);
  const known = faults.filter(({ path }) => words.fields[path] !== undefined);
  const said =
    known.length > 0
      ? `<ul>${known.map(({ path }) => `<li><a href="#${path}">${words.fields[path]!}</a></li>`).join('')}</ul>`
      : `<p>${words.failures[error.code] ?? `<span lang="en">${escapeHtml(detail)}</span>`}</p>`;
  const faulty = new Set(known.map(({ path }) => path));
  return framed(
    of,
    words.title,
    `<div class="fault" role="alert"><h2>${words.failed}</h2>${said}
${wait === null ? '' : `<p>${words.wait(Number(wait))}</p>`}
<p class="soft">${escapeHtml(error.code)} · ${escapeHtml(words.request(requestId))}</p></div>
${searchForm({ ...of, faulty })}`,
  );
}

interface FaultFacts {
  /** What the error says to the outside. */
  readonly detail: string;
  readonly requestId: string;
  /** Seconds after which it may go better. */
  readonly wait: string | null;
}

interface Fault {
  readonly path: string;
}
const faultsOf = ({ facts }: AppError): readonly Fault[] =>
  Array.isArray(facts['fields']) ? (facts['fields'] as readonly Fault[]) : [];

const framed = ({ language, asked }: PageOf, title: string, body: string): string =>
  htmlPage({ language, title, style: SEARCH_STYLE_PATH, address: addressOf(asked), body });

/** The searches that have an answer, as links. */
function alternatives({ asked }: PageOf, answer: SearchResponse, { words, place, day }: Speech): string {
  const items = answer.alternatives.map(({ kind, date, dropStop, place: other }) => {
    const stops = asked.getAll('stop');
    const [what, changed]: [string, Record<string, string | string[]>] =
      kind === 'DATE'
        ? [day(date ?? ''), { date: date ?? '' }]
        : kind === 'MODES'
          ? ['', { modes: [] }]
          : kind === 'STOPS'
            ? [
                place(answer.stops[dropStop ?? 0]?.place.name ?? ''),
                { stop: stops.filter((_, index) => index !== dropStop) },
              ]
            : [place(other?.name ?? ''), { [kind.toLowerCase()]: other?.name ?? '' }];
    const href = escapeHtml(addressOf(asked, changed));
    return `<li><a class="action" href="${href}">${escapeHtml(words.alternatives[kind](what))}</a></li>`;
  });
  return items.length === 0 ? '' : `<p>${words.instead}</p><ul>${items.join('')}</ul>`;
}
