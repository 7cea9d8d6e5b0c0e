import type { Config } from '../config.ts';
import {
  activateNetwork,
  diffNetworks,
  importNetwork,
  listNetworks,
  networkNotices,
  removeNetwork,
  rollbackNetwork,
  showNetwork,
} from '../features/networks/index.ts';
import { type EpochDay, epochMinuteOf, wallClockAt } from '../units/time.ts';
import {
  type Command,
  type CommandContext,
  type CommandGroup,
  integerOption,
  listOption,
  textOption,
  UsageError,
} from './command.ts';
import { describeNetwork, diffText, networkTable, noticeTable } from './networkText.ts';
import { withServiceDatabase } from './serviceDatabase.ts';

const FORCE = {
  type: 'boolean',
  help: 'Activate even a timetable without service soon or with many lost trips',
} as const;

const NETWORK_HELP = 'NETWORK is an id, a version (v12), or `active` or `previous`.';

const importCommand: Command = {
  name: 'import',
  summary: 'Read GTFS feeds into a network and store it',
  usage: 'FEED.zip|DIR|URL… [--name NAME] [--add-to NETWORK] [--roll-calendar] [--activate]',
  details: `Several feeds make one network, with walks between their stops. --add-to makes a new network of the feeds that
NETWORK keeps and the given ones; a feed of the same name is replaced, and without any feed all are compiled again for
today. A timetable that has ended is of no use unless --roll-calendar repeats its busiest week from today for 180 days;
the network says so wherever it is used. ${NETWORK_HELP}
Addresses are fetched by https from the hosts in FEED_HOSTS. Memory is bounded by IMPORT_MEMORY_MB.`,
  positionals: ['FEED…?'],
  options: {
    name: { type: 'string', value: 'NAME', help: 'Name of the network (default: of the feeds)' },
    'add-to': { type: 'string', value: 'NETWORK', help: 'Begin with the feeds of this network' },
    feed: { type: 'string', value: 'NAME', help: 'Name of the feed in the network (default: of its file)' },
    without: { type: 'string', multiple: true, value: 'NAME', help: 'Leave out this feed of --add-to' },
    'roll-calendar': { type: 'boolean', help: 'Repeat the busiest week of a timetable that ends too soon' },
    activate: { type: 'boolean', help: 'Use the network for searches from now on' },
    force: FORCE,
  },
  async run(context) {
    const { config, json, out, note, progress } = context;
    const request = importRequest(context);
    const network = await withServiceDatabase(config, (db) => importNetwork(db, request));
    progress.clear();
    if (json) {
      out(JSON.stringify(network));
      return;
    }
    out(describeNetwork(network));
    if (!network.isActive) note(`Use it with: routestitch network activate ${network.id}`);
  },
};

function importRequest({ values, positionals, config, progress }: CommandContext) {
  const name = textOption(values, 'name');
  if (name !== undefined && (name.trim() === '' || name.length > 200))
    throw new UsageError('--name must have 1 to 200 characters');
  const addTo = textOption(values, 'add-to');
  const without = listOption(values, 'without');
  if (addTo === undefined && positionals.length === 0) throw new UsageError('FEED is missing');
  if (addTo === undefined && without.length > 0) throw new UsageError('--without needs --add-to');
  const feedName = textOption(values, 'feed');
  if (feedName !== undefined && !/^[^:\p{Cc}]{1,60}$/u.test(feedName))
    throw new UsageError('--feed must have 1 to 60 characters and no colon');
  if (feedName !== undefined && positionals.length !== 1)
    throw new UsageError('--feed names exactly one FEED');
  const roll = values['roll-calendar'];
  return {
    sources: positionals,
    ...(name === undefined ? {} : { name }),
    ...(addTo === undefined ? {} : { addTo }),
    ...(feedName === undefined ? {} : { feedName }),
    without,
    ...(typeof roll === 'boolean' ? { rollCalendar: roll } : {}),
    activate: values['activate'] === true,
    force: values['force'] === true,
    now: epochMinuteOf(Date.now()),
    ...importBounds(config),
    onProgress: progress.report,
  };
}

const importBounds = (config: Config) => ({
  memoryMb: config.importMemoryMb,
  download: { hosts: config.feedHosts },
});

/** A network that another version of RouteStitch compiled is compiled again before it is used. */
const recompiling = ({ config, note }: CommandContext) => ({
  memoryMb: config.importMemoryMb,
  onRecompile: note,
});

/** By this machine's clock and zone. */
const today = (): EpochDay =>
  wallClockAt(epochMinuteOf(Date.now()), Intl.DateTimeFormat().resolvedOptions().timeZone).day;

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
  usage: 'NETWORK',
  details: NETWORK_HELP,
  positionals: ['NETWORK'],
  options: {},
  async run({ positionals, config, json, out }) {
    const network = await withServiceDatabase(config, (db) => showNetwork(db, positionals[0]!));
    out(json ? JSON.stringify(network) : describeNetwork(network));
  },
};

const noticesCommand: Command = {
  name: 'notices',
  summary: 'Show what was found in the feeds of a network',
  usage: 'NETWORK [--severity ERROR|WARNING|INFO] [--code CODE] [--limit N]',
  details: NETWORK_HELP,
  positionals: ['NETWORK'],
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
  usage: 'NETWORK [--force]',
  details: `Running servers take it up by themselves within a second. ${NETWORK_HELP}`,
  positionals: ['NETWORK'],
  options: { force: FORCE },
  async run(context) {
    const { values, positionals, config, json, out } = context;
    const force = values['force'] === true;
    const network = await withServiceDatabase(config, (db) =>
      activateNetwork(db, positionals[0]!, { today: today(), force, ...recompiling(context) }),
    );
    out(json ? JSON.stringify(network) : `"${network.name}" is active (version ${network.version}).`);
  },
};

const rollbackCommand: Command = {
  name: 'rollback',
  summary: 'Go back to the network that was active before',
  usage: '[--force]',
  details:
    'The last three networks that were active can be gone back to; a second rollback comes back to this one.',
  options: { force: FORCE },
  async run(context) {
    const { values, config, json, out } = context;
    const force = values['force'] === true;
    const network = await withServiceDatabase(config, (db) =>
      rollbackNetwork(db, { today: today(), force, ...recompiling(context) }),
    );
    out(json ? JSON.stringify(network) : `"${network.name}" is active again (version ${network.version}).`);
  },
};

const diffCommand: Command = {
  name: 'diff',
  summary: 'Show lines and stops that two networks do not share, and lines that run otherwise',
  usage: 'NETWORK NETWORK [--limit N]',
  details: NETWORK_HELP,
  positionals: ['NETWORK', 'NETWORK'],
  options: {
    limit: {
      type: 'string',
      value: 'N',
      help: 'Name at most so many of a kind (default 20; with --json all)',
    },
  },
  async run(context) {
    const { values, positionals, config, json, out } = context;
    const limit = integerOption(values, 'limit', { min: 0 }) ?? 20;
    const diff = await withServiceDatabase(config, (db) =>
      diffNetworks(db, positionals[0]!, positionals[1]!, recompiling(context)),
    );
    out(json ? JSON.stringify(diff) : diffText(diff, limit));
  },
};

const removeCommand: Command = {
  name: 'remove',
  summary: 'Delete a network that is not active',
  usage: 'NETWORK',
  details: NETWORK_HELP,
  positionals: ['NETWORK'],
  options: {},
  async run({ positionals, config, json, out }) {
    const network = await withServiceDatabase(config, (db) => removeNetwork(db, positionals[0]!));
    out(json ? JSON.stringify({ removed: network.id }) : `"${network.name}" was removed.`);
  },
};

export const command: CommandGroup = {
  name: 'network',
  summary: 'Import and manage timetables',
  commands: [
    importCommand,
    listCommand,
    showCommand,
    noticesCommand,
    diffCommand,
    activateCommand,
    rollbackCommand,
    removeCommand,
  ],
};
