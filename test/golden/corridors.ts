/**
 * `corridors.txt`: what the sample network answers to the 40 searches of `corridors.json`, written for the eye of an
 * Indian traveller: every option with times, price, classes, risk and what is hard in it, the picks, and of every
 * candidate that is not offered why.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  type Leg,
  pickNames,
  type Price,
  type Route,
  searchRequestSchema,
  type SearchResponse,
} from '../../src/features/journeys/contract.ts';
import { computeAnswer, createPlanner, searchJourneys } from '../../src/features/journeys/index.ts';
import { compileSample } from '../../src/features/networks/index.ts';
import { PlaceIndex, readGazetteer } from '../../src/features/places/index.ts';
import type { SearchId } from '../../src/units/ids.ts';
import { formatRupees } from '../../src/units/money.ts';
import { asEpochDay, formatDate, formatDuration, instantOf, parseDate } from '../../src/units/time.ts';

const searchesSchema = z.strictObject({
  today: z.iso.date(),
  searches: z.array(z.strictObject({ name: z.string(), request: z.unknown() })),
});
/** However busy the machine is, no answer is cut. */
const PATIENCE_MS = 120_000;
const NINE_THIRTY = 570;

/** The whole text of `test/golden/corridors.txt`. */
export async function corridorsGolden(): Promise<string> {
  const file = path.resolve(import.meta.dirname, 'corridors.json');
  const { today, searches } = searchesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const day = parseDate(today)!;
  const { image } = compileSample(day);
  const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
    id: 'sample',
    name: 'sample',
    sample: true,
    rolled: false,
    validFrom: today,
    validTo: formatDate(asEpochDay(day + 364)),
  });
  const now = instantOf(day, NINE_THIRTY, 'Asia/Kolkata') * 60_000;
  const parts: string[] = [];
  for (const [index, { name, request }] of searches.entries()) {
    const answer = await searchJourneys(planner, searchRequestSchema.parse(request), {
      searchId: 'golden' as SearchId,
      now,
      compute: async (asked, question) => computeAnswer(asked, question, PATIENCE_MS),
    });
    parts.push(corridorText(`${index + 1}. ${name}`, JSON.stringify(request), answer));
  }
  return parts.join('\n');
}

function corridorText(title: string, request: string, answer: SearchResponse): string {
  const { routes, picks, notes, alternatives, origin, destination } = answer;
  const place = (of: typeof origin): string => of.displayName ?? of.name;
  const lines = [title, request, `${place(origin)} → ${place(destination)}`];
  const number = new Map(routes.map(({ id }, index) => [id, `${index + 1}`]));
  for (const [index, route] of routes.entries()) lines.push(...routeLines(route, index + 1));
  lines.push(
    `  picks: ${pickNames.map((pick) => `${pick} ${number.get(picks[pick] ?? '') ?? '–'}`).join(', ')}`,
    ...notes
      .filter(({ code }) => code !== 'SAMPLE_TIMETABLE' && code !== 'PRICES_INDICATIVE')
      .map(({ code, text }) => `  note ${code}: ${text}`),
    ...alternatives.map(({ kind, text }) => `  instead ${kind}: ${text}`),
    ...excludedLines(answer, number),
  );
  return `${lines.join('\n')}\n`;
}

const at = (instant: string): string => `${instant.slice(8, 10)} ${instant.slice(11, 16)}`;

const priceText = (price: Pick<Price, 'lowMinor' | 'highMinor'> | null): string =>
  price === null ? '?' : `${formatRupees(price.lowMinor)}–${formatRupees(price.highMinor).slice(1)}`;

function routeLines(route: Route, number: number): string[] {
  const { legs, risk, comfort, saving, labels, why } = route;
  const chances =
    risk!.probability === null ? 'NO_DATA' : `${risk!.word} ${Math.floor(risk!.probability * 100)} %`;
  const facts = [
    `${at(route.departure)} → ${at(route.arrival)}`,
    formatDuration(route.durationMinutes),
    priceText(route.price),
    ...(saving && saving.likelyMinor > 0 ? [`saves ${formatRupees(saving.likelyMinor)}`] : []),
    `${route.changes} changes`,
    ...(risk!.changes.length > 0 ? [chances] : []),
    ...(comfort!.penaltyMinutes > 0
      ? [`hard ${comfort!.penaltyMinutes}: ${comfort!.flags.map(({ flag }) => flag).join(' ')}`]
      : []),
  ];
  const labelled = labels.length > 0 ? ` ${labels.join(' ')}` : '';
  return [
    `  ${number}${labelled} | ${facts.join(' | ')} | ${why.map(({ code }) => code).join(' ')}`,
    ...legs.map(legLine),
  ];
}

function legLine(leg: Leg): string {
  const { mode, line, from, to, price, distanceKm, stayMinutes } = leg;
  const name = line === null ? mode : `${mode} ${line.name}`;
  const where = ({ name: of, code }: Leg['from']): string => (code === null ? of : code);
  const stay = stayMinutes === undefined ? '' : `(after ${formatDuration(stayMinutes)}) `;
  const paid = mode === 'walk' ? '' : ` ${price?.classCode ?? ''} ${priceText(price)}`;
  return `      ${stay}${at(leg.departure)}–${at(leg.arrival)} ${name}: ${where(from)} → ${where(to)}, ${distanceKm} km${paid}`;
}

/** By reason; each with the offered option that it was left out for, where that is one. */
function excludedLines({ excluded }: SearchResponse, number: ReadonlyMap<string, string>): string[] {
  return [...Map.groupBy(excluded, ({ code }) => code)].map(([code, left]) => {
    const each = left.map(({ mainMode, departure, arrival, priceMinor, because }) => {
      const price = priceMinor === null ? '?' : formatRupees(priceMinor);
      const by = because === null ? '' : ` by ${number.get(because) ?? because.slice(0, 4)}`;
      return `${mainMode} ${at(departure)}–${at(arrival)} ${price}${by}`;
    });
    return `  not ${code} ×${left.length}: ${each.join('; ')}`;
  });
}
