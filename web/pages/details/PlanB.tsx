import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { LegBar, LegWords } from '../../components/LegBar.tsx';
import type { ChangeRisk, PlanB as PlanBAnswer, Route, SearchResponse } from '../../search/shapes.ts';
import { detailWords } from '../../words/details.ts';
import { placeName } from '../../words/placeNames.ts';
import { resultWords } from '../../words/results.ts';
import { clockOf, dayName, durationText, priceRange } from '../../words/say.ts';
import { formatRupees } from '../../../src/units/money.ts';

interface Props {
  readonly route: Route;
  readonly change: ChangeRisk;
  readonly destination: SearchResponse['destination'];
  readonly passengers: number;
}

/** What becomes of the journey when a change is missed: asked for in place, before anything is bought. */
export function PlanB({ route, change, destination, passengers }: Props) {
  const [asked, setAsked] = useState(false);
  const { planB } = detailWords;
  const found = useQuery({
    queryKey: ['plan-b', route.id, change.toLeg, passengers],
    queryFn: ({ signal }) =>
      callApi<PlanBAnswer>('plan-b', {
        signal,
        key: null,
        body: { route, toLeg: change.toLeg, destination, passengers },
      }),
    enabled: asked,
  });
  return (
    <>
      <p>{changeText(change)}</p>
      <button
        type="button"
        className="link-button justify-self-start"
        aria-expanded={asked}
        onClick={() => setAsked(!asked)}
      >
        {resultWords.risk.missed}
      </button>
      {!asked ? null : found.isError ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <p aria-busy="true">{planB.searching}</p>
      ) : (
        <WayOn answer={found.data} />
      )}
    </>
  );
}

/** How often it is made, and what makes it so. */
function changeText({ probability, fog, stayMinutes }: ChangeRisk): string {
  const { risk } = resultWords;
  return [
    probability === null ? risk.unknown : risk.made(Math.floor(probability * 100)),
    ...(fog ? [risk.fog] : []),
    ...(stayMinutes === undefined ? [] : [risk.stay(durationText(stayMinutes))]),
  ].join(' ');
}

function WayOn({ answer }: { readonly answer: PlanBAnswer }) {
  const { planB } = detailWords;
  const { route, extra, extraMinutes, brokenProbability, expectedLossMinor, change } = answer;
  if (route === null) return <p className="font-medium">{planB.none}</p>;
  const facts = [
    extraMinutes !== null && extraMinutes > 0 ? planB.later(durationText(extraMinutes)) : planB.sameTime,
    ...(extra === null ? [] : [extra.highMinor > 0 ? planB.extra(priceRange(extra)) : planB.noExtra]),
    ...(brokenProbability === null ? [] : [planB.chance(chanceText(brokenProbability))]),
    ...(expectedLossMinor === null || expectedLossMinor === 0
      ? []
      : [planB.loss(formatRupees(Math.ceil(expectedLossMinor / 100) * 100))]),
  ];
  return (
    <section
      aria-label={planB.title(placeName(change.place))}
      className="grid gap-2 border-l-4 border-l-ink pl-3"
    >
      <p className="font-semibold">
        {dayName(route.departure)} {clockOf(route.departure)} → {dayName(route.arrival)}{' '}
        {clockOf(route.arrival)}
      </p>
      <LegBar route={route} />
      <LegWords route={route} />
      <p>{facts.join(' · ')}</p>
    </section>
  );
}

/** Below one in a hundred it is said so, not rounded to never. */
const chanceText = (probability: number): string =>
  probability > 0 && probability < 0.01 ? '<1' : String(Math.round(probability * 100));
