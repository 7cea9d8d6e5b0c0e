import { durationText } from '../words/say.ts';
import type { Leg, Route } from '../search/shapes.ts';
import { localeOf } from '../../src/units/language.ts';
import { locale } from '../words/language.ts';
import { resultWords } from '../words/results.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';

/** Minutes between the end of a leg and the start of the next. */
export function waitAfter(route: Pick<Route, 'legs'>, index: number): number {
  const next = route.legs[index + 1];
  if (next === undefined) return 0;
  return Math.round((Date.parse(next.departure) - Date.parse(route.legs[index]!.arrival)) / 60_000);
}

/**
 * Widths are shares of the journey's time; short legs keep room for their icon. The bar repeats what the
 * list below it says in words, so it is hidden from assistive technology.
 */
export function LegBar({ route }: { readonly route: Pick<Route, 'legs'> }) {
  return (
    <div aria-hidden="true" className="leg-bar">
      {route.legs.map((leg, index) => {
        const wait = waitAfter(route, index);
        return [
          <div key={leg.index} data-mode={leg.mode} style={{ flexGrow: leg.durationMinutes }} className="leg">
            <Icon name={modeIcons[leg.mode]} size={18} />
            <span className="leg-mode">{siteWords.modes[leg.mode]}</span>
            <span className="leg-time">{durationText(leg.durationMinutes)}</span>
          </div>,
          wait > 0 ? (
            <div key={`wait-${leg.index}`} style={{ flexGrow: wait }} className="leg-wait" />
          ) : index < route.legs.length - 1 ? (
            <div key={`join-${leg.index}`} className="w-0.5 shrink-0" />
          ) : null,
        ];
      })}
    </div>
  );
}

/** The same legs in words: icon, name of the line, time. */
export function LegWords({ route }: { readonly route: Pick<Route, 'legs'> }) {
  return (
    <ol aria-label={resultWords.card.legs} className="leg-words">
      {route.legs.map((leg) => (
        <li key={leg.index} data-mode={leg.mode}>
          <Icon name={modeIcons[leg.mode]} size={16} />
          <span>
            <LegName leg={leg} /> <span className="text-soft">{durationText(leg.durationMinutes)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "Train 12628 Karnataka Express": the word of the mode always stands with the line. */
export function legName(leg: Pick<Leg, 'mode' | 'line'>): string {
  const mode = siteWords.modes[leg.mode];
  if (leg.line === null) return mode;
  return leg.line.name.toLowerCase().includes(mode.toLowerCase())
    ? leg.line.name
    : `${mode} ${leg.line.name}`;
}

/** The same drawn: names of lines are in English, whatever the language of the page. */
export function LegName({ leg }: { readonly leg: Pick<Leg, 'mode' | 'line'> }) {
  const mode = siteWords.modes[leg.mode];
  if (leg.line === null) return mode;
  const named = leg.line.name.toLowerCase().includes(mode.toLowerCase());
  return (
    <>
      {named ? '' : `${mode} `}
      <Quoted>{leg.line.name}</Quoted>
    </>
  );
}

/** What the interface says in English only: names of lines, sources, terms of rules. */
export function Quoted({ children }: { readonly children: string }) {
  return <span lang={locale() === localeOf.en ? undefined : 'en'}>{children}</span>;
}

/** A sentence with such names in it: in Hindi, what is in Latin letters is marked as English. */
export function QuotedIn({ text }: { readonly text: string }) {
  const found = locale() === localeOf.en ? null : LATIN.exec(text);
  if (!found) return text;
  return (
    <>
      {text.slice(0, found.index)}
      <Quoted>{found[0]}</Quoted>
      <QuotedIn text={text.slice(found.index + found[0].length)} />
    </>
  );
}
/** Words in a row. */
const LATIN = /[A-Za-z][A-Za-z0-9 .’'&-]*[A-Za-z0-9]/u;

/** The class a price stands for, where it says more than the mode. */
export function classOf({ mode, price }: Pick<Leg, 'mode' | 'price'>): string | null {
  if (price === null || price.class === null) return null;
  const name = siteWords.className(price.classCode ?? '', price.class);
  return name.toLowerCase() === siteWords.modes[mode].toLowerCase() ? null : name;
}
