import { durationText } from '../words/say.ts';
import type { Leg, Route } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';

/** Minutes between the end of a leg and the start of the next. */
export function waitAfter(route: Route, index: number): number {
  const next = route.legs[index + 1];
  if (next === undefined) return 0;
  return Math.round((Date.parse(next.departure) - Date.parse(route.legs[index]!.arrival)) / 60_000);
}

/**
 * Widths are shares of the journey's time; short legs keep room for their icon. The bar repeats what the
 * list below it says in words, so it is hidden from assistive technology.
 */
export function LegBar({ route }: { readonly route: Route }) {
  return (
    <div aria-hidden="true" className="flex h-9 items-stretch overflow-hidden">
      {route.legs.map((leg, index) => {
        const wait = waitAfter(route, index);
        return [
          <div
            key={leg.index}
            data-mode={leg.mode}
            style={{ flexGrow: leg.durationMinutes }}
            className={`@container flex min-w-7 basis-0 items-center justify-center bg-mode text-on-mode ${
              leg.mode === 'walk' ? 'border-y-2 border-dotted border-mode-line' : ''
            }`}
          >
            <span className="flex items-center gap-1.5 text-sm font-medium whitespace-nowrap">
              <Icon name={modeIcons[leg.mode]} size={18} />
              <span className="hidden @min-[6rem]:inline">{siteWords.modes[leg.mode]}</span>
              <span className="hidden @min-[11rem]:inline">{durationText(leg.durationMinutes)}</span>
            </span>
          </div>,
          wait > 0 ? (
            <div
              key={`wait-${leg.index}`}
              style={{ flexGrow: wait }}
              className="flex min-w-1 basis-0 items-center"
            >
              <span className="h-px w-full bg-edge" />
            </div>
          ) : index < route.legs.length - 1 ? (
            <div key={`join-${leg.index}`} className="w-0.5 shrink-0" />
          ) : null,
        ];
      })}
    </div>
  );
}

/** The same legs in words: icon, name of the line, time. */
export function LegWords({ route }: { readonly route: Route }) {
  return (
    <ol aria-label={searchWords.card.legs} className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {route.legs.map((leg) => (
        <li key={leg.index} data-mode={leg.mode} className="flex items-start gap-1.5">
          <span className="mt-0.5 text-mode-line">
            <Icon name={modeIcons[leg.mode]} size={16} />
          </span>
          <span>
            {legName(leg)} <span className="text-soft">{durationText(leg.durationMinutes)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "Train 12628 Karnataka Express": the word of the mode always stands with the line. */
export function legName(leg: Leg): string {
  const mode = siteWords.modes[leg.mode];
  if (leg.line === null) return mode;
  return leg.line.name.toLowerCase().includes(mode.toLowerCase())
    ? leg.line.name
    : `${mode} ${leg.line.name}`;
}

/** The class a price stands for, where it says more than the mode. */
export function classOf(leg: Leg): string | null {
  const name = leg.price?.class ?? null;
  return name?.toLowerCase() === siteWords.modes[leg.mode].toLowerCase() ? null : name;
}
