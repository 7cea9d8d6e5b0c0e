/** The operator's routes: who may, what is noted, what is told. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const routes = 'test/http/operatorRoutes.test.ts';
const changes = 'test/http/operatorChanges.test.ts';
const privacy = 'test/assurance/privacy.test.ts';

const faults: readonly Fault[] = [
  {
    what: 'what nobody thought of is open to every user',
    file: 'src/http/middleware/signedInOnly.ts',
    find: 'await (READS.has(method) ? callers.admin(raw) : callers.recentAdmin(raw));',
    put: 'await callers.caller(raw);',
    redIn: routes,
    red: 'shut by default: every route, every method, described or not',
  },
  {
    what: 'an old session changes timetables',
    file: 'src/http/session/callers.ts',
    find: 'if (!found.recent)',
    put: 'if (!found.admin)',
    redIn: changes,
    red: 'are changed only by who signed in just now, and from our own page',
  },
  {
    what: 'an address that was not proved makes an administrator',
    file: 'src/http/session/callers.ts',
    find: 'admin: verified && admins.has(email)',
    put: 'admin: admins.has(email) || !verified',
    redIn: routes,
    red: 'an address that nobody proved makes no administrator',
  },
  {
    what: 'a file is taken unnoted',
    file: 'src/features/operator/routes.ts',
    find: 'await operator.noteExport(askerOf(c, userId), { query: given });',
    put: "if (path !== 'networks') await operator.noteExport(askerOf(c, userId), { query: given });",
    redIn: changes,
    red: 'has every file that was taken, and no reading of figures',
  },
  {
    what: 'a change is made, and then noted',
    file: 'src/features/networks/activateNetwork.ts',
    find: '    await options.beside?.(tx, { from, to: network });\n  });',
    put: '  });\n  await options.beside?.(db, { from: null, to: network });',
    redIn: changes,
    red: 'what cannot be noted is not done',
  },
  {
    what: 'a rollback does not look where it is from',
    file: 'src/features/networks/activateNetwork.ts',
    find: 'if (options.from !== undefined && options.from !== from)',
    put: "if (options.from === '')",
    redIn: changes,
    red: 'are activated and rolled back, each noted with what was before',
  },
  {
    what: 'a page begins with the last notice of the one before',
    file: 'src/features/networks/noticeStore.ts',
    find: '(${NOTICE_PLACE}) > (SELECT',
    put: '(${NOTICE_PLACE}) >= (SELECT',
    redIn: changes,
    red: 'have notices, in pages that neither repeat nor miss one, errors first',
  },
  {
    what: 'notices of the same line are one',
    file: 'src/features/networks/noticeStore.ts',
    find: 'coalesce(row_number, -1), id`',
    put: 'coalesce(row_number, -1)`',
    redIn: changes,
    red: 'have notices, in pages that neither repeat nor miss one, errors first',
  },
  {
    what: 'counters are told by whom they count',
    file: 'src/features/limits/store.ts',
    find: 'SELECT l.rule, l.kind, l.max, count(*) AS keys,',
    put: 'SELECT coalesce(l.rule, min(r.identifier)) AS rule, l.kind, l.max, count(*) AS keys,',
    redIn: routes,
    red: 'health: caches, limits, database, pools',
  },
  {
    what: 'a file has formulas',
    file: 'src/units/csv.ts',
    find: "return quoted(disarmed(value, (sign) => `'${sign}`))",
    put: 'return quoted(value)',
    redIn: routes,
    red: 'as files, in which nothing is a formula',
  },
  {
    what: 'figures are asked for without end',
    file: 'src/features/operator/atMost.ts',
    find: 'if (running >= count) {',
    put: 'if (running >= count * 99) {',
    redIn: 'src/features/operator/atMost.test.ts',
    red: 'two work at a time, eight wait in turn, the others are sent away; a failure frees its place',
  },
  {
    what: 'an administrator erases the log with the account',
    file: 'src/features/accounts/erasure.ts',
    find: '      accesses,\n',
    put: '      accesses: [],\n',
    redIn: privacy,
    red: 'every table is emptied, the bystander’s stay, the hold is read by nobody and ends',
  },
];

plantFaults(['src', 'data', 'prisma', 'prisma.config.ts', 'test'], faults);
