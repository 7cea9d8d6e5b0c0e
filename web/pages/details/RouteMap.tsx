import { geoMercator, geoPath } from 'd3-geo';
import type { GeoProjection } from 'd3-geo';
import { useMemo, useState } from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import land from 'world-atlas/land-110m.json';
import { LegName } from '../../components/LegBar.tsx';
import type { Leg, Route } from '../../search/shapes.ts';
import { detailWords } from '../../words/details.ts';
import { placeName } from '../../words/placeNames.ts';

const WIDTH = 480;
const HEIGHT = 400;
const MARGIN = 44;
/** Nearer than this a coast of 110 million to one shows nothing. */
const LEAST_DEGREES = 0.15;

/** Land without any border: where states end is not this sketch's to say. */
const topology = land as unknown as Topology<{ land: GeometryCollection }>;
const shores = feature(topology, topology.objects.land);

type Position = [lng: number, lat: number];
const from = ({ from: { lng, lat } }: Leg): Position => [lng, lat];
const to = ({ to: { lng, lat } }: Leg): Position => [lng, lat];
const lineOf = (leg: Leg) => ({ type: 'LineString' as const, coordinates: [from(leg), to(leg)] });

/** Fits the legs into the window, a short way not larger than it makes sense. */
function projectionOf(legs: readonly Leg[]): GeoProjection {
  const all = legs.flatMap((leg) => [from(leg), to(leg)]);
  const room = all.flatMap(([lng, lat]): Position[] => [
    [lng - LEAST_DEGREES, lat - LEAST_DEGREES],
    [lng + LEAST_DEGREES, lat + LEAST_DEGREES],
  ]);
  const inner: [[number, number], [number, number]] = [
    [MARGIN, MARGIN],
    [WIDTH - MARGIN, HEIGHT - MARGIN],
  ];
  return geoMercator()
    .fitExtent(inner, { type: 'MultiPoint', coordinates: room })
    .clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]);
}

/** A sketch of our own, without any outside host: land, the legs in the pattern of their mode, and the places. */
export function RouteMap({ route }: { readonly route: Pick<Route, 'legs'> }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { map } = detailWords;
  const shown = chosen === null ? route.legs : route.legs.filter(({ index }) => index === chosen);
  const projection = useMemo(() => projectionOf(shown), [shown]);
  const path = geoPath(projection);
  return (
    <figure className="mt-3">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing of our own */}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={map.title} className="sketch">
        <path d={path(shores) ?? ''} className="land" />
        {route.legs.map((leg) => (
          <path
            key={leg.index}
            d={path(lineOf(leg)) ?? ''}
            data-mode={leg.mode}
            className={chosen === null || chosen === leg.index ? 'way' : 'way faint'}
          />
        ))}
        <Places legs={shown} projection={projection} />
      </svg>
      <figcaption className="mt-1 text-sm text-soft">{map.caption}</figcaption>
      <ul aria-label={map.legs} className="mt-2 flex flex-wrap gap-2">
        <li>
          <button
            type="button"
            className="chip"
            aria-pressed={chosen === null}
            onClick={() => setChosen(null)}
          >
            {map.whole}
          </button>
        </li>
        {route.legs.map((leg) => (
          <li key={leg.index} data-mode={leg.mode}>
            <button
              type="button"
              className="chip"
              aria-pressed={chosen === leg.index}
              onClick={() => setChosen(leg.index)}
            >
              <span className="swatch" aria-hidden="true" />
              <LegName leg={leg} />
            </button>
          </li>
        ))}
      </ul>
    </figure>
  );
}

const LABEL_HEIGHT = 16;
/** As wide as a letter of this size is on average, so that names do not lie on each other. */
const LETTER_WIDTH = 7;

interface Label {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Beyond the middle the name stands before its point. */
  readonly before: boolean;
  readonly told: boolean;
}

function Places({ legs, projection }: { readonly legs: readonly Leg[]; readonly projection: GeoProjection }) {
  return labelsOf(legs, projection).map(({ name, x, y, before, told }) => (
    <g key={`${x} ${y}`}>
      <circle cx={x} cy={y} r="4.5" className="stop" />
      {told ? (
        <text x={before ? x - 9 : x + 9} y={y + 4.5} textAnchor={before ? 'end' : 'start'}>
          {name}
        </text>
      ) : null}
    </g>
  ));
}

/** The ends first, then the changes; a name that would lie on another is left out, its point stays. */
function labelsOf(legs: readonly Leg[], projection: GeoProjection): Label[] {
  const first = legs[0];
  const last = legs.at(-1);
  if (first === undefined || last === undefined) return [];
  const stops = [
    { place: first.from, at: from(first) },
    { place: last.to, at: to(last) },
    ...legs.slice(1).map((leg) => ({ place: leg.from, at: from(leg) })),
  ];
  const labels: Label[] = [];
  for (const { place, at } of stops) {
    const [x, y] = (projection(at) ?? [0, 0]).map(Math.round) as [number, number];
    if (labels.some((label) => label.x === x && label.y === y)) continue;
    const name = placeName(place.city ?? place.name);
    const before = x > WIDTH / 2;
    const width = name.length * LETTER_WIDTH;
    const told = !labels.some(
      (label) =>
        label.told &&
        Math.abs(label.y - y) < LABEL_HEIGHT &&
        Math.abs(label.x - x) < Math.max(width, label.name.length * LETTER_WIDTH) + 18,
    );
    labels.push({
      name,
      x,
      y,
      before,
      told: told && !labels.some((label) => label.told && label.name === name),
    });
  }
  return labels;
}
