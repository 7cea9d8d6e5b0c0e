import { memo, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { formatRupees } from '../../../src/units/money.ts';
import { roundSteps } from '../../search/tradeOff.ts';
import type { Point } from '../../search/tradeOff.ts';
import { useLanguage } from '../../words/language.ts';
import { resultWords } from '../../words/results.ts';
import { durationText, priceRange } from '../../words/say.ts';

const WIDTH = 320;
const HEIGHT = 240;
const frame = { left: 52, right: 302, top: 14, bottom: 204 } as const;
const HOURS = [1, 2, 3, 4, 6, 12, 24, 48].map((hours) => hours * 60);
const RUPEES = [100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000].map(
  (rupees) => rupees * 100,
);

interface Props {
  readonly points: readonly Point[];
  readonly lit: string | null;
  readonly onLit: (id: string | null) => void;
  readonly onPick: (id: string) => void;
}

/** Time from left to right, price from below: the line joins what no other option beats in both. */
export const TradeOffChart = memo(function TradeOffChart({ points, lit, onLit, onPick }: Props) {
  useLanguage();
  const id = useId();
  const { chart } = resultWords;
  if (points.length < 2) return null;
  return (
    <section aria-labelledby={id} className="chart">
      <h3 id={id} className="font-serif font-semibold">
        {chart.title}
      </h3>
      <Plot points={points} lit={lit} onLit={onLit} onPick={onPick} />
      <p className="text-sm text-soft">{chart.hint}</p>
      <details className="mt-2">
        <summary className="link-button">{chart.table}</summary>
        <PointTable points={points} />
      </details>
    </section>
  );
});

interface Scale {
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
}

function scaleOf(
  values: readonly number[],
  most: number,
  steps: readonly number[],
  from: number,
  to: number,
): Scale {
  const ticks = roundSteps(Math.min(...values), Math.max(...values), most, steps);
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  return { ticks, at: (value) => from + ((value - low) / Math.max(1, high - low)) * (to - from) };
}

function Plot({ points, lit, onLit, onPick }: Props) {
  const { chart } = resultWords;
  const x = scaleOf(
    points.map(({ minutes }) => minutes),
    5,
    HOURS,
    frame.left,
    frame.right,
  );
  const y = scaleOf(
    points.map(({ minor }) => minor),
    4,
    RUPEES,
    frame.bottom,
    frame.top,
  );
  const front = points.filter((point) => point.front);
  return (
    <div className="relative">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="w-full text-[11px]">
        {y.ticks.map((minor) => (
          <g key={minor}>
            <line
              x1={frame.left}
              x2={frame.right}
              y1={y.at(minor)}
              y2={y.at(minor)}
              className="stroke-rule"
            />
            <text x={frame.left - 6} y={y.at(minor) + 4} textAnchor="end" className="fill-soft">
              {formatRupees(minor)}
            </text>
          </g>
        ))}
        {x.ticks.map((minutes) => (
          <text
            key={minutes}
            x={x.at(minutes)}
            y={frame.bottom + 18}
            textAnchor="middle"
            className="fill-soft"
          >
            {chart.hours(minutes / 60)}
          </text>
        ))}
        <line x1={frame.left} x2={frame.right} y1={frame.bottom} y2={frame.bottom} className="stroke-ink" />
        <path d={stepPath(front, x, y)} fill="none" strokeWidth="2" className="stroke-accent" />
        {points.map(({ route, front: best, minutes, minor }) => (
          <circle
            key={route.id}
            cx={x.at(minutes)}
            cy={y.at(minor)}
            r={lit === route.id ? 8 : best ? 5 : 3.5}
            className={best ? 'fill-accent' : lit === route.id ? 'fill-ink' : 'fill-edge'}
            onPointerEnter={() => onLit(route.id)}
            onPointerLeave={() => onLit(null)}
            onClick={() => onPick(route.id)}
          />
        ))}
      </svg>
      <Front
        points={front}
        place={(point) => [x.at(point.minutes), y.at(point.minor)]}
        {...{ onLit, onPick }}
      />
    </div>
  );
}

/** Dearer until the next point in time is cheaper: a stair, since nothing lies between two options. */
function stepPath(front: readonly Point[], x: Scale, y: Scale): string {
  return front
    .map(({ minutes, minor }, index) =>
      index === 0 ? `M${x.at(minutes)},${y.at(minor)}` : `H${x.at(minutes)}V${y.at(minor)}`,
    )
    .join('');
}

interface FrontProps extends Pick<Props, 'onLit' | 'onPick'> {
  readonly points: readonly Point[];
  readonly place: (point: Point) => readonly [x: number, y: number];
}

/** The points of the line as buttons: one is in the tab order, the arrow keys go along the line. */
function Front({ points, place, onLit, onPick }: FrontProps) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const reached = Math.min(current, points.length - 1);
  const { chart } = resultWords;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? points.length - 1
          : step === undefined
            ? null
            : reached + step;
    if (next === null || points[next] === undefined) return;
    event.preventDefault();
    setCurrent(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <ul ref={list} aria-label={chart.title}>
      {points.map((point, index) => {
        const [x, y] = place(point);
        return (
          <li key={point.route.id}>
            <button
              type="button"
              className="point"
              tabIndex={index === reached ? 0 : -1}
              style={{ left: `${(x / WIDTH) * 100}%`, top: `${(y / HEIGHT) * 100}%` }}
              aria-label={pointText(point)}
              onKeyDown={onKeyDown}
              onFocus={() => {
                setCurrent(index);
                onLit(point.route.id);
              }}
              onBlur={() => onLit(null)}
              onPointerEnter={() => onLit(point.route.id)}
              onPointerLeave={() => onLit(null)}
              onClick={() => onPick(point.route.id)}
            />
          </li>
        );
      })}
    </ul>
  );
}

const pricesOf = ({ route }: Point): string => {
  const price = route.effectivePrice ?? route.price;
  return price === null ? '' : priceRange(price);
};
const pointText = (point: Point): string =>
  resultWords.chart.point(point.position, durationText(point.minutes), pricesOf(point));

function PointTable({ points }: Pick<Props, 'points'>) {
  const { chart } = resultWords;
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-ink text-left">
          <th scope="col">{chart.option}</th>
          <th scope="col">{chart.time}</th>
          <th scope="col">{chart.price}</th>
          <th scope="col">{chart.onLine}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.route.id} className="border-b border-rule">
            <th scope="row" className="py-1 text-left font-normal">
              {point.position}
            </th>
            <td>{durationText(point.minutes)}</td>
            <td>{pricesOf(point)}</td>
            <td>{point.front ? chart.yes : chart.no}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
