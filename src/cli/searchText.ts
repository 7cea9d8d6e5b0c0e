import { type Leg, pickNames, type Route, type SearchResponse } from '../features/journeys/contract.ts';
import { formatRupees } from '../units/money.ts';
import { formatDuration, formatShortDate, parseDate, weekdayName } from '../units/time.ts';
import { displayWidth, textTable } from './terminal.ts';

/** No line is longer, so that a terminal of the usual width shows the tables as tables. */
const LINE_WIDTH = 100;
/** What the other columns leave: 69 in the overview, 43 beside the legs. */
const MODES_WIDTH = 31;
const LEG_WIDTH = 57;

/** The answer for people: a table of the options, then the legs of each; at most `LINE_WIDTH` columns. */
export function searchText(response: SearchResponse): string {
  const { routes, origin, destination, date, time, network } = response;
  const name = (place: typeof origin): string => place.displayName ?? place.name;
  const when = `${formatShortDate(date)} ${date.slice(0, 4)}${time ? ` ${time}` : ''}`;
  const parts = [wrap(`${name(origin)} → ${name(destination)}, ${when}`)];
  if (routes.length > 0)
    parts.push(`${overview(routes)}\n\n${bestLine(response)}`, routes.map(routeText).join('\n\n'));
  else parts.push('No route was found.');
  const notes = [
    ...response.notes.map(({ text }) => text),
    ...response.alternatives.map(({ text }) => text),
    `Timetable: ${network.name}, ${network.validFrom} to ${network.validTo}`,
  ];
  parts.push(notes.map((note) => wrap(`* ${note}`)).join('\n'));
  return parts.join('\n\n');
}

const overview = (routes: readonly Route[]): string =>
  textTable(
    ['>#', 'Leaves', 'Arrives', '>Takes', '>Changes', 'By', '>About'],
    routes.map((route, index) => [
      String(index + 1),
      `${formatShortDate(route.departure.slice(0, 10))} ${clock(route.departure)}`,
      dayAndClock(route.arrival),
      formatDuration(route.durationMinutes),
      String(route.changes),
      modesText(route),
      priceText(route.price),
    ]),
  );

/** `Fastest: 4 · cheapest: 2 · balanced: 1`, numbers of options. */
function bestLine({ routes, picks }: SearchResponse): string {
  const parts = pickNames.flatMap((pick) => {
    const place = routes.findIndex((route) => route.id === picks[pick]);
    return place < 0 ? [] : [`${pick.toLowerCase()}: ${place + 1}`];
  });
  const line = parts.join(' · ');
  return line.slice(0, 1).toUpperCase() + line.slice(1);
}

/** `taxi + flight + taxi`; walks are left out, and where that is too long all but the timetabled rides. */
function modesText({ legs }: Route): string {
  const chain = (some: readonly Leg[]): string => some.map(({ mode }) => mode).join(' + ');
  const ridden = legs.filter(({ mode }) => mode !== 'walk');
  const whole = chain(ridden.length > 0 ? ridden : legs);
  return whole.length <= MODES_WIDTH ? whole : cut(chain(legs.filter(({ run }) => run)), MODES_WIDTH);
}

function routeText(route: Route, index: number): string {
  const rows = route.legs.flatMap((leg) => [
    [
      `   ${dayAndClock(leg.departure)}`,
      dayAndClock(leg.arrival),
      cut(`${leg.mode} ${leg.line?.name ?? `${leg.distanceKm} km`}`, LEG_WIDTH),
      leg.mode === 'walk' ? '' : priceText(leg.price),
    ],
    ['', '', cut(`${placeText(leg.from)} → ${placeText(leg.to)}`, LEG_WIDTH), ''],
  ]);
  const table = textTable(['   Leaves', 'Arrives', 'By', '>About'], rows);
  const beside = [...savingLines(route), ...changeLines(route)].map((line) => wrap(line, '     ', '   '));
  return [wrap(`${index + 1}. ${route.reasons.join(' ')}`, '   '), table, ...beside].join('\n');
}

/** What the traveller saves and by which rules; nothing when that is nothing. */
function savingLines({ legs, saving, effectivePrice }: Route): string[] {
  if (!saving || saving.likelyMinor <= 0) return [];
  const rules = legs.flatMap(({ concession }) =>
    (concession?.outcomes ?? []).filter(({ ruleId }) => ruleId === concession?.best),
  );
  const titles = [...new Set(rules.map(({ title }) => title))].join('; ');
  const left = effectivePrice ? `, then about ${formatRupees(effectivePrice.likelyMinor)}` : '';
  return [`Saves ${formatRupees(saving.likelyMinor)}${left}: ${titles}`];
}

const riskWords = { TIGHT: 'Tight change', RISKY: 'Risky change' } as const;

const changeLines = ({ risk }: Route): string[] =>
  (risk?.changes ?? []).flatMap(({ word, place, text }) =>
    word === 'TIGHT' || word === 'RISKY' ? [`${riskWords[word]} at ${place}: ${text}`] : [],
  );

const placeText = ({ name, code }: Leg['from']): string => (code ? `${name} (${code})` : name);

const clock = (instant: string): string => instant.slice(11, 16);

/** `2026-12-02T18:53+05:30` → `Wed 18:53`. */
function dayAndClock(instant: string): string {
  const day = parseDate(instant.slice(0, 10));
  return `${day === null ? '' : weekdayName(day)} ${clock(instant)}`;
}

function priceText(price: Route['price']): string {
  if (!price) return '?';
  const low = formatRupees(price.lowMinor);
  return price.lowMinor === price.highMinor
    ? low
    : `${low}–${formatRupees(price.highMinor).replace(/^\D+/u, '')}`;
}

function cut(text: string, width: number): string {
  let short = text;
  while (displayWidth(short) > width) short = `${short.replace(/.…?$/u, '')}…`;
  return short;
}

/** Breaks a text at spaces; the first line begins with `start`, the others with `indent`. */
function wrap(text: string, indent = '  ', start = ''): string {
  const lines: string[] = [];
  let line = start;
  for (const word of text.split(' ')) {
    const longer = line === start ? start + word : `${line} ${word}`;
    if (line === start || displayWidth(longer) <= LINE_WIDTH) line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].join('\n');
}
