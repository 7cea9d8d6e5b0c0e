import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplanOptions, Trip } from '../../../src/features/trips/contract.ts';
import { replanQuery } from '../../api/trips.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { legsOf } from '../../trip/readTrip.ts';
import { selectRoute } from '../../trip/tripWrites.ts';
import { clockOf, dayName, priceRange } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Failure } from '../../components/Failure.tsx';
import { Segments } from '../../components/Segments.tsx';
import { toast } from '../../components/Toasts.tsx';
import { numberedLeg, rideName } from './say.ts';
import { useWrite } from '../../components/useWrite.ts';

type Option = ReplanOptions['options'][number];
const directions = ['earlier', 'later'] as const;

interface Props {
  readonly trip: Trip;
  readonly leg: TripLeg;
  readonly onClose: () => void;
}

/** Earlier and later rides for one leg that leave the rest of the trip as it is. */
export function Replan({ trip, leg, onClose }: Props) {
  const [direction, setDirection] = useState<(typeof directions)[number]>('later');
  const { replan } = tripWords;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(replanQuery(trip, leg.index, direction));
  const { busy, run } = useWrite();
  const take = async (option: Option): Promise<void> => {
    const before = trip.selectedRoute!;
    if (!(await run(() => selectRoute(client, trip.id, option.route)))) return;
    onClose();
    const back = async (): Promise<void> => {
      if (await run(() => selectRoute(client, trip.id, before))) toast({ text: replan.undone });
    };
    toast({ text: replan.done, undo: () => void back() });
  };
  return (
    <Dialog title={replan.title(numberedLeg(leg))} onClose={onClose}>
      <p className="-mt-2 mb-4 text-sm text-soft">
        {[rideName(leg), leg.departure === null ? null : clockOf(leg.departure)].filter(Boolean).join(', ')}
      </p>
      <Segments
        legend={replan.direction}
        name="direction"
        value={direction}
        choices={directions.map((value) => ({ value, text: replan[value] }))}
        onChange={setDirection}
      />
      <div aria-live="polite" className="mt-4 min-h-32">
        {error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <p aria-busy="true" className="text-soft">
            {replan.searching}
          </p>
        ) : data.options.length === 0 ? (
          <p>{replan.none}</p>
        ) : (
          <ol className="double-rule">
            {data.options.map((option) => (
              <OptionRow
                key={`${option.departure} ${option.line}`}
                trip={trip}
                option={option}
                busy={busy}
                onTake={() => void take(option)}
              />
            ))}
          </ol>
        )}
      </div>
    </Dialog>
  );
}

interface OptionProps {
  readonly trip: Trip;
  readonly option: Option;
  readonly busy: boolean;
  readonly onTake: () => void;
}

function OptionRow({ trip, option, busy, onTake }: OptionProps) {
  const { replan } = tripWords;
  const { line, departure, arrival, movedLegs, bookedLegsLost, legIndexes } = option;
  const mode = option.route.legs[legIndexes[0] ?? 0]?.mode;
  const lost = legsOf(trip).filter(({ index }) => bookedLegsLost.includes(index));
  const sameDay = departure.slice(0, 10) === arrival.slice(0, 10);
  return (
    <li data-mode={mode} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-rule py-3">
      <div className="min-w-48 flex-1">
        <p className="font-semibold">
          {dayName(departure)} {clockOf(departure)} → {sameDay ? '' : `${dayName(arrival)} `}
          {clockOf(arrival)}
        </p>
        <p className="text-sm text-soft">{[line, differenceText(option)].filter(Boolean).join(' · ')}</p>
        {movedLegs.length > 0 ? <p className="text-sm text-soft">{replan.moved(movedLegs.length)}</p> : null}
        {lost.length > 0 ? (
          <p className="text-sm font-medium text-accent">
            {replan.lost(siteWords.units.and(lost.map(numberedLeg)))}
          </p>
        ) : null}
      </div>
      <button type="button" className="button" disabled={busy || lost.length > 0} onClick={onTake}>
        {replan.take}
        <span className="sr-only">{clockOf(departure)}</span>
      </button>
    </li>
  );
}

function differenceText({ priceDifference }: Option): string {
  const { replan } = tripWords;
  if (priceDifference === null) return replan.unknown;
  const { lowMinor, likelyMinor, highMinor } = priceDifference;
  if (lowMinor === 0 && highMinor === 0) return replan.same;
  if (likelyMinor >= 0) return replan.more(priceRange({ lowMinor: Math.max(0, lowMinor), highMinor }));
  return replan.less(priceRange({ lowMinor: Math.max(0, -highMinor), highMinor: -lowMinor }));
}
