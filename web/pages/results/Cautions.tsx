import { Icon } from '../../components/Icon.tsx';
import type { IconName } from '../../components/Icon.tsx';
import type { ChangeRisk, ComfortFlagName, Route } from '../../search/shapes.ts';
import { placeName } from '../../words/placeNames.ts';
import { resultWords } from '../../words/results.ts';
import { durationText } from '../../words/say.ts';

/** The connection that is missed most often; one without data counts as worse than a safe one. */
export function worstChange(route: Route): ChangeRisk | null {
  const chance = ({ probability }: ChangeRisk): number => probability ?? 0.9;
  return route.risk?.changes.toSorted((a, b) => chance(a) - chance(b) || slackOf(a) - slackOf(b))[0] ?? null;
}
const slackOf = ({ availableMinutes, neededMinutes }: ChangeRisk): number => availableMinutes - neededMinutes;

/** "Tight 81 %": the word first, then the figure, with an icon of its own shape. */
export function RiskChip({ change }: { readonly change: Pick<ChangeRisk, 'word' | 'probability'> }) {
  const { risk } = resultWords;
  return (
    <span className="risk" data-risk={change.word}>
      <Icon name={riskIcons[change.word]} size={16} />
      {risk.words[change.word]}
      {change.probability === null ? null : ` ${risk.percent(Math.floor(change.probability * 100))}`}
    </span>
  );
}

const riskIcons = {
  SAFE: 'tick',
  TIGHT: 'clock',
  RISKY: 'alert',
  NO_DATA: 'question',
} as const satisfies Record<ChangeRisk['word'], IconName>;

/** "40 min to change, 25 min needed at New Delhi". */
export const changeMinutes = ({ availableMinutes, neededMinutes, place }: ChangeRisk): string =>
  `${resultWords.risk.minutes(durationText(availableMinutes), durationText(neededMinutes))} ${resultWords.risk.at(placeName(place))}`;

const flagIcons: Readonly<Partial<Record<ComfortFlagName, IconName>>> = {
  NIGHT_DEPARTURE: 'night',
  NIGHT_ARRIVAL: 'night',
  NIGHT_WAIT: 'night',
  NIGHT_CHANGE: 'night',
  SLEEP_LOST: 'night',
  STATION_CHANGE: 'swap',
  LONG_WALK: 'walk',
};

/** The risk chip says that a change is at risk, and better. */
const shownElsewhere: ReadonlySet<ComfortFlagName> = new Set(['CHANGE_AT_RISK']);

export function comfortTexts(route: Route): { readonly flag: ComfortFlagName; readonly text: string }[] {
  const { comfort, comfortFor } = resultWords;
  const flags = (route.comfort?.flags ?? []).filter(({ flag }) => !shownElsewhere.has(flag));
  // One flag may be raised at several legs; it is one thing to know, as long as all of them together.
  return [...Map.groupBy(flags, ({ flag }) => flag)].map(([flag, raised]) => {
    const minutes = raised.reduce((sum, one) => sum + (one.minutes ?? 0), 0);
    return { flag, text: minutes > 0 ? comfortFor(comfort[flag], durationText(minutes)) : comfort[flag] };
  });
}

/** The worst connection, and what is hard on the traveller. */
export function Cautions({ route }: { readonly route: Route }) {
  const worst = worstChange(route);
  const flags = comfortTexts(route);
  if (worst === null && flags.length === 0) return null;
  return (
    <ul className="cautions">
      {worst === null ? null : (
        <li>
          <RiskChip change={worst} />
          <span>{changeMinutes(worst)}</span>
        </li>
      )}
      {flags.map(({ flag, text }) => (
        <li key={flag}>
          <Icon name={flagIcons[flag] ?? 'alert'} size={16} />
          {text}
        </li>
      ))}
    </ul>
  );
}
