import type { BookingPlan } from '../../../src/features/booking/contract.ts';
import { agendaOf } from '../../trip/agenda.ts';
import type { AgendaEntry } from '../../trip/agenda.ts';
import type { TripLeg } from '../../trip/readTrip.ts';
import { clockOf } from '../../words/say.ts';
import { tripWords } from '../../words/trip.ts';
import { DateLeaf } from '../../components/DateLeaf.tsx';
import { numberedLeg, rideName } from './say.ts';

interface Props {
  readonly plan: BookingPlan;
  readonly legs: readonly TripLeg[];
  readonly nowMs: number;
}

/** When and in which order to buy: a leaf of a calendar for each day on which something happens. */
export function Agenda({ plan, legs, nowMs }: Props) {
  const days = agendaOf(plan.openings, legs, nowMs);
  if (days.length === 0) return null;
  const { agenda } = tripWords;
  return (
    <section aria-labelledby="agenda" className="min-w-0">
      <h2 id="agenda" className="section-title">
        {agenda.title}
      </h2>
      <p className="mb-3 text-sm text-soft">{plan.openings.length > 0 ? agenda.intro : agenda.allBooked}</p>
      <ol className="grid gap-3">
        {days.map(({ date, entries }) => (
          <li key={date ?? 'now'} className="grid grid-cols-[3.5rem_1fr] gap-3">
            {date === null ? <p className="leaf font-semibold">{agenda.now}</p> : <DateLeaf date={date} />}
            <ul className="grid content-center gap-1">
              {entries.map((entry) => (
                <Entry key={`${entry.kind} ${entry.leg.index}`} entry={entry} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {plan.linkableTickets.map(({ firstLeg, secondLeg }) => {
        const place = legs[secondLeg]?.whole?.from.name ?? legs[firstLeg]?.whole?.to.name;
        return place === undefined ? null : (
          <p key={`${firstLeg} ${secondLeg}`} className="mt-3 bg-wash px-3 py-2 text-sm">
            {agenda.linkable(place)}
          </p>
        );
      })}
    </section>
  );
}

function Entry({ entry }: { readonly entry: AgendaEntry }) {
  const { kind, leg, at } = entry;
  return (
    <li data-mode={leg.mode} className="flex gap-2 text-sm">
      {at === null ? null : (
        <time dateTime={at} className="w-11 shrink-0 font-semibold">
          {clockOf(at)}
        </time>
      )}
      <span className="min-w-0">
        <span className={kind === 'NOW' || kind === 'OPENS' ? 'font-medium' : ''}>{sentence(entry)}</span>
        <span className="block text-soft">{rideName(leg)}</span>
      </span>
    </li>
  );
}

function sentence({ kind, leg, order }: AgendaEntry): string {
  const { agenda } = tripWords;
  const name = numberedLeg(leg);
  switch (kind) {
    case 'NOW':
      return agenda.buy(order ?? 0, name);
    case 'OPENS':
      return agenda.opens(name);
    case 'TATKAL':
      return agenda.tatkal(name);
    case 'CHART':
      return agenda.chart(name);
    case 'LEAVE':
      return agenda.leaves(name);
    default:
      return kind satisfies never;
  }
}
