import { useQuery } from '@tanstack/react-query';
import { corridorsQuery, type Days, figuresPath, platformsQuery } from '../../api/operator.ts';
import { formatRupees } from '../../../src/units/money.ts';
import { operatorWords } from '../../words/operator.ts';
import { tripWords } from '../../words/trip.ts';
import { figure, hiddenFigure, shareText } from './numbers.ts';
import { Part, Table } from './Part.tsx';

/** Where people want to go, and where they go to buy. */
export function Demand({ days }: { readonly days: Days }) {
  const { corridors, platforms } = operatorWords;
  return (
    <>
      <Part
        id="corridors"
        title={corridors.title}
        file={figuresPath('corridors', days, true)}
        query={useQuery(corridorsQuery(days))}
      >
        {(answer) => (
          <>
            <p className="mb-3 max-w-prose text-sm text-soft">
              {corridors.others(
                answer.minVisits,
                figure(answer.others.corridors),
                figure(answer.others.searches),
              )}
            </p>
            {answer.corridors.length === 0 ? (
              <p>{corridors.none}</p>
            ) : (
              <Table
                label={corridors.title}
                head={[
                  corridors.corridor,
                  corridors.searches,
                  corridors.found,
                  corridors.clicked,
                  corridors.booked,
                ]}
                rows={answer.corridors.map(({ from, to, searches, withRoutes, clicked, booked }) => ({
                  key: `${from.id} ${to.id}`,
                  cells: [
                    tripWords.route(from.name, to.name),
                    <Bar key="bar" value={searches} most={answer.corridors[0]!.searches} />,
                    shareText(searches === 0 ? null : withRoutes / searches),
                    hiddenFigure(clicked),
                    hiddenFigure(booked),
                  ],
                }))}
              />
            )}
          </>
        )}
      </Part>
      <Part
        id="platforms"
        title={platforms.title}
        file={figuresPath('platforms', days, true)}
        query={useQuery(platformsQuery(days))}
      >
        {(answer) =>
          answer.platforms.length === 0 ? (
            <p>{platforms.none}</p>
          ) : (
            <Table
              label={platforms.title}
              head={[
                platforms.platform,
                platforms.clicks,
                platforms.answered,
                platforms.booked,
                platforms.expected,
              ]}
              rows={answer.platforms.map((one) => ({
                key: `${one.platform} ${one.currency}`,
                cells: [
                  one.platform,
                  figure(one.clicks),
                  figure(one.answered),
                  `${figure(one.booked)} · ${shareText(one.conversion)}`,
                  one.expectedCommissionMinor === null || one.currency !== 'INR'
                    ? '–'
                    : formatRupees(one.expectedCommissionMinor),
                ],
              }))}
            />
          )
        }
      </Part>
    </>
  );
}

function Bar({ value, most }: { readonly value: number; readonly most: number }) {
  return (
    <span className="flex items-center gap-2">
      <svg aria-hidden="true" className="h-3 w-24 shrink-0" viewBox="0 0 100 4" preserveAspectRatio="none">
        <rect className="fill-wash" width="100" height="4" />
        <rect className="fill-accent" width={(100 * value) / Math.max(1, most)} height="4" />
      </svg>
      {figure(value)}
    </span>
  );
}
