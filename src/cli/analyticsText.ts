import type { Corridors, Funnel, Platforms } from '../features/analytics/contract.ts';
import { textTable } from './terminal.ts';

interface Summary {
  readonly funnel: Funnel;
  readonly corridors: Corridors;
  readonly platforms: Platforms;
}

/** A page of figures for a terminal. */
export function summaryText({ funnel, corridors, platforms }: Summary): string {
  const { period, searches, clicks } = funnel;
  const parts = [
    `${period.since} to ${period.until} (${period.zone})`,
    textTable(
      ['Searches', '>', '>'],
      [
        ['asked', number(searches.searches), ''],
        ['found a route', number(searches.withRoutes), percent(searches.withRoutes, searches.searches)],
        ['led to a platform', number(searches.clicked), percent(searches.clicked, searches.searches)],
        ['told as booked', number(searches.booked), percent(searches.booked, searches.searches)],
      ],
    ),
    `${number(clicks.total)} clicks, ${number(clicks.ofSearches)} of them from searches; ${number(clicks.answered)} were answered for, ${number(clicks.booked)} as booked.`,
    corridorTable(corridors),
    platformTable(platforms),
  ];
  return parts.join('\n\n');
}

function corridorTable({ corridors, others, minVisits }: Corridors): string {
  const rest = `${number(others.corridors)} other corridors, listed from ${minVisits} visits on: ${number(others.searches)} searches, ${number(others.clicked)} led to a platform, ${number(others.booked)} were booked.`;
  if (corridors.length === 0) return rest;
  const rows = corridors.map(({ from, to, ...row }) => [
    `${from.name} → ${to.name}`,
    number(row.searches),
    number(row.withRoutes),
    row.clicked === null ? '<5' : number(row.clicked),
    row.booked === null ? '<5' : number(row.booked),
    row.conversion === null ? '' : `${(row.conversion * 100).toFixed(1)} %`,
  ]);
  const heads = ['Corridor', '>searches', '>with routes', '>to a platform', '>booked', '>conversion'];
  return `${textTable(heads, rows)}\n${rest}`;
}

function platformTable({ platforms }: Platforms): string {
  if (platforms.length === 0) return 'Nobody went to a platform.';
  const rows = platforms.map((row) => [
    row.platform,
    number(row.clicks),
    number(row.answered),
    number(row.booked),
    percent(row.booked, row.clicks),
    row.expectedCommissionMinor === null
      ? 'not known'
      : `${row.currency} ${(row.expectedCommissionMinor / 100).toFixed(2)}`,
  ]);
  const heads = ['Platform', '>clicks', '>answered', '>booked', '>conversion', '>expected commission'];
  return textTable(heads, rows);
}

const number = (count: number): string => count.toLocaleString('en-IN');
const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((part / whole) * 100).toFixed(1)} %`;
