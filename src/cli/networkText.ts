import type { Network, NetworkDiff, NetworkNotice } from '../features/networks/index.ts';
import { textTable } from './terminal.ts';

const flags = (network: Network): string =>
  [
    network.isActive && 'active',
    network.sample && 'sample',
    network.rolled && 'rolled',
    network.storedBytes === 0 && 'history only',
  ]
    .filter(Boolean)
    .join(', ');

export function networkTable(networks: readonly Network[]): string {
  const rows = networks.map((network) => [
    network.id,
    network.version === null ? '' : `v${network.version}`,
    network.name,
    flags(network),
    `${network.validFrom} – ${network.validTo}`,
    network.stats.runs.toLocaleString('en'),
    network.stats.stops.toLocaleString('en'),
  ]);
  return textTable(['id', 'version', 'name', 'state', 'valid', '>runs', '>stops'], rows);
}

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
const number = (value: number): string => value.toLocaleString('en');

export function describeNetwork(network: Network): string {
  const { stats } = network;
  const { ERROR, WARNING, INFO } = stats.notices;
  const version = network.version === null ? '' : `, version ${network.version}`;
  const lines = [
    `${network.name}  (${network.id}${version})${flags(network) ? `  [${flags(network)}]` : ''}`,
    `  valid    ${network.validFrom} – ${network.validTo}`,
    `  holds    ${number(stats.stops)} stops, ${number(stats.lines)} lines, ${number(stats.runs)} runs, ${number(stats.stopTimes)} stop times, ${number(stats.links)} links`,
    `  trips    ${number(stats.runsRead)} read, ${number(stats.runsDropped)} left out`,
    `  notices  ${ERROR} errors, ${WARNING} warnings, ${INFO} hints`,
    `  size     ${megabytes(network.imageBytes)} in memory, ${network.storedBytes === 0 ? 'nothing' : megabytes(network.storedBytes)} stored; made in ${(stats.importMs / 1000).toFixed(1)} s`,
    ...network.feeds.flatMap((feed) => [feedLine(feed), ...creditLines(feed)]),
  ];
  lines.push(...network.feeds.flatMap((feed) => [...calendarNotes(feed, network), ...retimedNotes(feed)]));
  if (network.storedBytes === 0) lines.push('  NOTE     only the history of this network is kept');
  if (network.sample) lines.push('  NOTE     bundled sample with approximate times');
  return lines.join('\n');
}

export function noticeTable(notices: readonly NetworkNotice[]): string {
  const rows = notices.map((notice) => [
    notice.severity,
    notice.code,
    [notice.file, notice.row].filter((part) => part !== null).join(':'),
    notice.value === null ? '' : `${notice.column ?? ''}=${notice.value}`,
    notice.message,
  ]);
  return textTable(['severity', 'code', 'place', 'value', 'what was done'], rows);
}

function feedLine({ name, source, publisher, attribution, importedAt }: Network['feeds'][number]): string {
  const imported = importedAt ? `, imported ${importedAt.slice(0, 10)}` : '';
  return `  feed     ${name} from ${source}, by ${attribution || publisher}${imported}`;
}

/** Publisher, address and days vouched for, then whom to credit; nothing of what the feed does not give. */
export function creditLines({
  publisher,
  url,
  validFrom,
  validTo,
  credits = [],
}: Pick<Network['feeds'][number], 'publisher' | 'url' | 'validFrom' | 'validTo' | 'credits'>): string[] {
  const days = validFrom || validTo ? `, vouches for ${validFrom ?? '…'} – ${validTo ?? '…'}` : '';
  const published =
    url || days ? [`             published by ${publisher}${url ? ` ${url}` : ''}${days}`] : [];
  const named = credits.map(
    ({ organization, url: address, roles }) =>
      `             credit ${organization}${roles.length > 0 ? ` (${roles.join(', ')})` : ''}${address ? ` ${address}` : ''}`,
  );
  return [...published, ...named];
}

function calendarNotes(
  { name, endsOn = '', rolled, unused }: Network['feeds'][number],
  { createdAt }: Network,
): string[] {
  const end = `${endsOn < createdAt.slice(0, 10) ? 'ended' : 'ends'} on ${endsOn}`;
  if (rolled)
    return [
      `  NOTE     the timetable of ${name} ${end}: its busiest week is repeated; real trips may differ`,
    ];
  return unused ? [`  NOTE     the timetable of ${name} ${end}: none of its trips is used`] : [];
}

function retimedNotes({ name, retimed = 0 }: Network['feeds'][number]): string[] {
  if (retimed === 0) return [];
  return [
    `  NOTE     ${number(retimed)} trips of ${name} were timed by distance: the feed gives their frequency block as the ride`,
  ];
}

/** The kinds of change with their counts, at most `limit` names of each. */
export function diffText(
  { from, to, comparedFrom, comparedTo, stops, lines }: NetworkDiff,
  limit: number,
): string {
  const span =
    comparedFrom === null
      ? 'they share no day: times were not compared by day'
      : `days compared: ${comparedFrom} – ${comparedTo}`;
  const named = ({ id, name }: { id: string; name: string }): string => (name ? `${id} ${name}` : id);
  const part = (what: string, items: readonly string[]): string[] => [
    `${what}: ${number(items.length)}`,
    ...items.slice(0, limit).map((item) => `  ${item}`),
    ...(items.length > limit ? [`  … and ${number(items.length - limit)} more`] : []),
  ];
  return [
    `${from.name} (${from.id}) → ${to.name} (${to.id}); ${span}`,
    ...part('lines added', lines.added.map(named)),
    ...part('lines removed', lines.removed.map(named)),
    ...part(
      'lines retimed',
      lines.retimed.map((line) => `${named(line)}: ${line.runsAdded} runs new, ${line.runsRemoved} gone`),
    ),
    ...part('stops added', stops.added.map(named)),
    ...part('stops removed', stops.removed.map(named)),
    ...part('stops renamed or moved', stops.changed.map(named)),
  ].join('\n');
}
