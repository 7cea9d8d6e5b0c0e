import { escapeHtml } from '../../units/htmlPage.ts';
import { type Language, localeOf } from '../../units/language.ts';
import { modeWords } from '../../units/modeNames.ts';
import { formatRupees } from '../../units/money.ts';
import { parseDate } from '../../units/time.ts';
import type { Amounts } from '../fares/contract.ts';
import type { Leg, Route } from '../journeys/contract.ts';
import { pageWords, type PageWords } from './pageWords.ts';

/** How the page says what the interface answers. */
export interface Speech {
  readonly words: PageWords;
  readonly place: (name: string) => string;
  readonly mode: (mode: string) => string;
  /** `Fri 4 Dec` */
  readonly day: (date: string) => string;
  readonly duration: (minutes: number) => string;
  /** Said in English whatever the language, and marked so. */
  readonly english: (text: string) => string;
}

export function speechOf(language: Language, names: Readonly<Record<string, string>>): Speech {
  const words = pageWords[language];
  const part = (day: number, name: 'weekday' | 'month'): string =>
    new Intl.DateTimeFormat(localeOf[language], { [name]: 'short', timeZone: 'UTC' }).format(
      day * 86_400_000,
    );
  return {
    words,
    place: (name) => (language === 'hi' ? (names[name] ?? name) : name),
    mode: (mode) => modeWords[language][mode] ?? mode,
    day: (date) => {
      const day = parseDate(date.slice(0, 10));
      return day === null
        ? date
        : `${part(day, 'weekday')} ${Number(date.slice(8, 10))} ${part(day, 'month')}`;
    },
    duration: (minutes) => words.duration(Math.floor(minutes / 60), minutes % 60),
    english: (text) => (language === 'en' ? escapeHtml(text) : `<span lang="en">${escapeHtml(text)}</span>`),
  };
}

interface Placing {
  readonly speech: Speech;
  /** From 1. */
  readonly position: number;
  readonly passengers: number;
}

export function optionItem(route: Route, { speech, position, passengers }: Placing): string {
  const { words } = speech;
  const labels = route.labels.map((label) => words.labels[label]).join(words.and);
  const price = route.effectivePrice ?? route.price;
  const tight = route.tightestChange;
  const risk = tight && route.risk ? `, ${words.risk[route.risk.word]}` : '';
  return `<li><article><h3>${words.option(position)}${labels === '' ? '' : `, ${labels}`}: ${modesOf(route, speech)}</h3>
<p class="times">${moment(route.departure, speech)} → ${moment(route.arrival, speech)}</p>
<p>${speech.duration(route.durationMinutes)} · ${words.changes(route.changes)}</p>
<p class="price">${price === null ? words.noPrice : words.price(rangeOf(price), passengers)}</p>
${tight === null ? '' : `<p class="soft">${escapeHtml(words.tightest(tight.minutes, speech.place(tight.place)))}${risk}</p>`}
<details><summary>${words.legs(route.legs.length)}</summary><ol class="legs">${route.legs.map((leg) => legItem(leg, speech)).join('')}</ol></details>
</article></li>`;
}

/** The rides in order, repeated neighbours once; the ways on foot only where there is nothing else. */
function modesOf({ legs }: Route, { mode }: Speech): string {
  const rides = legs.filter((leg) => leg.mode !== 'walk');
  const names = (rides.length > 0 ? rides : legs).map((leg) => mode(leg.mode));
  return names.filter((name, index) => name !== names[index - 1]).join(', ');
}

const moment = (instant: string, { day }: Speech): string =>
  `<time datetime="${escapeHtml(instant)}">${escapeHtml(day(instant))} <b>${instant.slice(11, 16)}</b></time>`;

/** Estimates are shown in whole rupees, outwards. */
function rangeOf({ lowMinor, highMinor }: Amounts): string {
  const low = formatRupees(Math.floor(lowMinor / 100) * 100);
  const high = formatRupees(Math.ceil(highMinor / 100) * 100);
  return low === high ? low : `${low}–${high.slice(1)}`;
}

function legItem(leg: Leg, speech: Speech): string {
  const { words } = speech;
  const end = ({ name, code }: Leg['from']): string =>
    escapeHtml(code === null || name.includes(code) ? speech.place(name) : `${speech.place(name)} (${code})`);
  const line = leg.line === null ? '' : ` ${speech.english(leg.line.name)}`;
  const price = leg.price === null || leg.price.highMinor === 0 ? [] : [words.legPrice(rangeOf(leg.price))];
  return `<li><p>${moment(leg.departure, speech)} ${end(leg.from)} → ${moment(leg.arrival, speech)} ${end(leg.to)}</p>
<p class="soft"><strong>${speech.mode(leg.mode)}</strong>${line} · ${[speech.duration(leg.durationMinutes), ...price].join(' · ')}</p></li>`;
}
