import {
  activateNetwork,
  importNetwork,
  listNetworks,
  type Network,
  type NetworkNotice,
  networkNotices,
  removeNetwork,
  showNetwork,
} from '../features/networks/index.ts';
import { epochMinuteOf, wallClockAt } from '../units/time.ts';
import { type Command, type CommandGroup, integerOption, textOption, UsageError } from './command.ts';
import { withServiceDatabase } from './serviceDatabase.ts';
import { textTable } from './terminal.ts';

const FORCE = {
  type: 'boolean',
  help: 'Activate even a timetable without service soon or with many lost trips',
} as const;

const importCommand: Command = {
  name: 'import',
  summary: 'Read GTFS feeds into a network and store it',
  usage: 'FEED.zip|DIR|URL… [--name NAME] [--roll-calendar] [--activate]',
  details:
    'Several feeds make one network. A timetable that has ended is of no use unless --roll-calendar repeats its busiest\nweek from today for 180 days; the network says so wherever it is used.',
  positionals: ['FEED…'],
  options: {
    name: { type: 'string', value: 'NAME', help: 'Name of the network (default: of the feeds)' },
    'roll-calendar': { type: 'boolean', help: 'Repeat the busiest week of a timetable that ends too soon' },
    activate: { type: 'boolean', help: 'Use the network for searches from now on' },
    force: FORCE,
  },
  async run({ values, positionals, config, json, out, note, progress }) {
    const name = textOption(values, 'name');
    if (name !== undefined && (name.trim() === '' || name.length > 200))
      throw new UsageError('--name must have 1 to 200 characters');
    const network = await withServiceDatabase(config, (db) =>
      importNetwork(db, {
        sources: positionals,
        ...(name === undefined ? {} : { name }),
        rollCalendar: values['roll-calendar'] === true,
        activate: values['activate'] === true,
        force: values['force'] === true,
        now: epochMinuteOf(Date.now()),
        onProgress: progress.report,
      }),
    );
    progress.clear();
    if (json) {
      out(JSON.stringify(network));
      return;
    }
    out(description(network));
    if (!network.isActive) note(`Use it with: routestitch network activate ${network.id}`);
  },
};

const listCommand: Command = {
  name: 'list',
  summary: 'List the stored networks',
  usage: '',
  options: {},
  async run({ config, json, out }) {
    const networks = await withServiceDatabase(config, listNetworks);
    if (json) out(JSON.stringify(networks));
    else if (networks.length === 0)
      out('No network is stored; `routestitch network import FEED.zip` adds one.');
    else out(networkTable(networks));
  },
};

const showCommand: Command = {
  name: 'show',
  summary: 'Show one network',
  usage: 'ID',
  positionals: ['ID'],
  options: {},
  async run({ positionals, config, json, out }) {
    const network = await withServiceDatabase(config, (db) => showNetwork(db, positionals[0]!));
    out(json ? JSON.stringify(network) : description(network));
  },
};

const noticesCommand: Command = {
  name: 'notices',
  summary: 'Show what was found in the feeds of a network',
  usage: 'ID [--severity ERROR|WARNING|INFO] [--code CODE] [--limit N]',
  positionals: ['ID'],
  options: {
    severity: { type: 'string', value: 'ERROR', help: 'Only ERROR, WARNING or INFO' },
    code: { type: 'string', value: 'CODE', help: 'Only this code' },
    limit: { type: 'string', value: 'N', help: 'Show at most so many (default 100; with --json all)' },
  },
  async run({ values, positionals, config, json, out, note }) {
    const severity = textOption(values, 'severity')?.toUpperCase();
    if (severity !== undefined && !['ERROR', 'WARNING', 'INFO'].includes(severity))
      throw new UsageError(`--severity must be ERROR, WARNING or INFO, not "${severity}"`);
    const code = textOption(values, 'code')?.toUpperCase();
    const limit = integerOption(values, 'limit', { min: 1 }) ?? (json ? undefined : 100);
    const [notices, network] = await withServiceDatabase(
      config,
      async (db) =>
        [
          await networkNotices(db, positionals[0]!, {
            ...(severity === undefined ? {} : { severity }),
            ...(code === undefined ? {} : { code }),
            ...(limit === undefined ? {} : { limit }),
          }),
          await showNetwork(db, positionals[0]!),
        ] as const,
    );
    if (json) {
      out(JSON.stringify(notices));
      return;
    }
    out(notices.length === 0 ? 'No notices.' : noticeTable(notices));
    const { ERROR, WARNING, INFO } = network.stats.notices;
    note(
      `Found in all: ${ERROR} errors, ${WARNING} warnings, ${INFO} hints (at most 1000 of a code are kept).`,
    );
  },
};

const activateCommand: Command = {
  name: 'activate',
  summary: 'Use a network for searches',
  usage: 'ID [--force]',
  details: 'Running servers take it up by themselves within a second.',
  positionals: ['ID'],
  options: { force: FORCE },
  async run({ values, positionals, config, json, out }) {
    const today = wallClockAt(
      epochMinuteOf(Date.now()),
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    ).day;
    const force = values['force'] === true;
    const network = await withServiceDatabase(config, (db) =>
      activateNetwork(db, positionals[0]!, { today, force }),
    );
    out(json ? JSON.stringify(network) : `"${network.name}" is active.`);
  },
};

const removeCommand: Command = {
  name: 'remove',
  summary: 'Delete a network that is not active',
  usage: 'ID',
  positionals: ['ID'],
  options: {},
  async run({ positionals, config, json, out }) {
    const network = await withServiceDatabase(config, (db) => removeNetwork(db, positionals[0]!));
    out(json ? JSON.stringify({ removed: network.id }) : `"${network.name}" was removed.`);
  },
};

export const command: CommandGroup = {
  name: 'network',
  summary: 'Import and manage timetables',
  commands: [importCommand, listCommand, showCommand, noticesCommand, activateCommand, removeCommand],
};

const flags = (network: Network): string =>
  [network.isActive && 'active', network.sample && 'sample', network.rolled && 'rolled']
    .filter(Boolean)
    .join(', ');

function networkTable(networks: readonly Network[]): string {
  const rows = networks.map((network) => [
    network.id,
    network.name,
    flags(network),
    `${network.validFrom} – ${network.validTo}`,
    network.stats.runs.toLocaleString('en'),
    network.stats.stops.toLocaleString('en'),
  ]);
  return textTable(['id', 'name', 'state', 'valid', '>runs', '>stops'], rows);
}

const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
const number = (value: number): string => value.toLocaleString('en');

function description(network: Network): string {
  const { stats } = network;
  const { ERROR, WARNING, INFO } = stats.notices;
  const lines = [
    `${network.name}  (${network.id})${flags(network) ? `  [${flags(network)}]` : ''}`,
    `  valid    ${network.validFrom} – ${network.validTo}`,
    `  holds    ${number(stats.stops)} stops, ${number(stats.lines)} lines, ${number(stats.runs)} runs, ${number(stats.stopTimes)} stop times, ${number(stats.links)} links`,
    `  trips    ${number(stats.runsRead)} read, ${number(stats.runsDropped)} left out`,
    `  notices  ${ERROR} errors, ${WARNING} warnings, ${INFO} hints`,
    `  size     ${megabytes(network.imageBytes)} in memory, ${megabytes(network.storedBytes)} stored; made in ${(stats.importMs / 1000).toFixed(1)} s`,
    ...network.feeds.map((feed) => `  feed     ${feed.name} from ${feed.source}, by ${feed.publisher}`),
  ];
  if (network.rolled)
    lines.push('  NOTE     the timetable has ended: its busiest week is repeated; real trips may differ');
  if (network.sample) lines.push('  NOTE     bundled sample with approximate times');
  return lines.join('\n');
}

function noticeTable(notices: readonly NetworkNotice[]): string {
  const rows = notices.map((notice) => [
    notice.severity,
    notice.code,
    [notice.file, notice.row].filter((part) => part !== null).join(':'),
    notice.value === null ? '' : `${notice.column ?? ''}=${notice.value}`,
    notice.message,
  ]);
  return textTable(['severity', 'code', 'place', 'value', 'what was done'], rows);
}
