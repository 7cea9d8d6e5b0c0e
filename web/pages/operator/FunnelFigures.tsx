import { useQuery } from '@tanstack/react-query';
import type { Funnel } from '../../../src/features/analytics/contract.ts';
import { type Days, figuresPath, funnelQuery } from '../../api/operator.ts';
import { Fold } from '../../components/Fold.tsx';
import { operatorWords } from '../../words/operator.ts';
import { dayName } from '../../words/say.ts';
import { figure, shareOf } from './numbers.ts';
import { Part, Table } from './Part.tsx';

const stages = ['searches', 'withRoutes', 'clicked', 'booked'] as const;

/** From a search to a booking that was told: how many are left at each step, and day by day. */
export function FunnelFigures({ days }: { readonly days: Days }) {
  return (
    <Part
      id="funnel"
      title={operatorWords.funnel.title}
      file={figuresPath('funnel', days, true)}
      query={useQuery(funnelQuery(days))}
    >
      {(funnel) =>
        funnel.searches.searches === 0 ? <p>{operatorWords.noSearches}</p> : <Filled funnel={funnel} />
      }
    </Part>
  );
}

function Filled({ funnel }: { readonly funnel: Funnel }) {
  const { funnel: words } = operatorWords;
  const { searches, clicks, days } = funnel;
  return (
    <>
      <dl className="grid gap-2">
        {stages.map((stage) => (
          <div
            key={stage}
            className="grid grid-cols-[1fr_auto] items-center gap-x-3 sm:grid-cols-[12rem_1fr_7rem]"
          >
            <dt>{words.stages[stage]}</dt>
            <dd aria-hidden="true" className="col-span-2 row-start-2 h-4 sm:col-span-1 sm:row-start-auto">
              <svg className="h-4 w-full" viewBox="0 0 100 4" preserveAspectRatio="none">
                <rect className="fill-wash" width="100" height="4" />
                <rect
                  className="fill-accent"
                  width={(100 * searches[stage]) / searches.searches}
                  height="4"
                />
              </svg>
            </dd>
            <dd className="text-end tabular-nums">
              {figure(searches[stage])} · {shareOf(searches[stage], searches.searches)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-soft">
        {words.clicks(figure(clicks.total), figure(clicks.answered), figure(clicks.booked))}
      </p>
      <DayChart days={days} />
      <Fold title={<span className="text-sm">{words.byDay}</span>}>
        <Table
          label={words.byDay}
          head={[words.day, ...stages.map((stage) => words.stages[stage])]}
          rows={days.map((day) => ({
            key: day.date,
            cells: [dayName(day.date), ...stages.map((stage) => figure(day[stage]))],
          }))}
        />
      </Fold>
    </>
  );
}

const HEIGHT = 80;
const STEP = 10;

/** A column a day: searches, and on the same foot those from which somebody went to a platform. */
function DayChart({ days }: { readonly days: Funnel['days'] }) {
  const { funnel: words } = operatorWords;
  const most = Math.max(1, ...days.map(({ searches }) => searches));
  const busiest = days.find(({ searches }) => searches === most);
  const heightOf = (n: number): number => (HEIGHT * n) / most;
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  return (
    <figure className="mt-5">
      <svg
        aria-hidden="true"
        className="block h-24 w-full border-b border-ink"
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {days.map(({ date, searches, clicked }, at) => (
          <g key={date}>
            <rect
              className="fill-edge"
              x={at * STEP + 1}
              width={STEP - 2}
              y={HEIGHT - heightOf(searches)}
              height={heightOf(searches)}
            />
            <rect
              className="fill-accent"
              x={at * STEP + 3}
              width={STEP - 6}
              y={HEIGHT - heightOf(clicked)}
              height={heightOf(clicked)}
            />
          </g>
        ))}
      </svg>
      <figcaption className="flex justify-between gap-4 text-sm text-soft">
        <span>{dayName(first.date)}</span>
        <span>
          <span className="sr-only">{words.chart(dayName(busiest?.date ?? first.date), figure(most))} </span>
          {words.legend}
        </span>
        <span>{dayName(last.date)}</span>
      </figcaption>
    </figure>
  );
}
