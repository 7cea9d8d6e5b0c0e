/** What is proved, the figure that was promised for it, and the files of tests that prove it. */

export interface Drill {
  /** `F1`–`F18`, or a dash for what belongs to none of them. */
  readonly id: string;
  readonly what: string;
  readonly promised: string;
  /** Relative to the folder of the tests. */
  readonly files: readonly string[];
}

const of = (id: string, what: string, promised: string, ...files: string[]): Drill => ({
  id,
  what,
  promised,
  files: files.map((file) => (file.includes('/') ? file : `assurance/${file}`)),
});

export const drills: readonly Drill[] = [
  of(
    'F1',
    'Row-level security by raw SQL',
    'at least 10,000 probes from the catalogue, 0 rows read or changed',
    'rowSecurity.test.ts',
  ),
  of(
    'F2',
    'Ids of others over HTTP',
    '10,000 probes, 0 leaks; foreign and absent alike, in time too (AUC at most 0.55)',
    'idor.test.ts',
  ),
  of(
    'F3',
    'Connections shared by many users',
    '100,000 operations of 200 users over 4 connections: 0 rows or answers of another',
    'pool.test.ts',
  ),
  of(
    'F4',
    'Rate limits',
    '4 processes, 500 requests at once: admitted is the limit exactly',
    'rateLimit.test.ts',
  ),
  of(
    'F5',
    'Many ask for one route',
    '500 requests at once in 4 processes: computed once for each key',
    'routeCache.test.ts',
  ),
  of(
    'F6',
    'Crashes',
    '1,000 writes under 50 kills of the server and 20 of PostgreSQL: 0 lost, 0 doubled',
    'crash.test.ts',
  ),
  of(
    'F7',
    'Backup and restore',
    'every table, policy and grant equal; flipped bit and wrong key refused; back within 10 minutes',
    'backup.test.ts',
  ),
  of(
    'F8',
    'Hostile timetables',
    '68 mutations and 12 more with a fixed verdict each; at most 30 s and 512 MiB; a kill leaves old or new',
    'feedMutations.test.ts',
    'feedMutationsNames.test.ts',
    'importKill.test.ts',
  ),
  of(
    'F9',
    'Fuzzed requests',
    '100,000 requests: 0 answers 5xx, 0 stack traces, 0 replies other than described',
    'fuzz.test.ts',
  ),
  of(
    'F10',
    'Sign-in',
    '100 uses of one link at once: one session; replay, expiry and forged requests refused',
    'signIn.test.ts',
  ),
  of(
    'F11',
    'A sick database',
    'slow, silent, cut or down: an error within 3 s, alive throughout, back within 10 s',
    'faults.test.ts',
  ),
  of(
    'F12',
    'Load',
    'the loop stays free while searches run; at the promised rates see bench/results/LOAD.md',
    'loopDelay.test.ts',
    'searchTimes.test.ts',
  ),
  of(
    'F13',
    'Injection',
    '60 redirects, 60 addresses, 40 names, 20 formulas: 0 pass',
    'injectionRedirects.test.ts',
    'injectionSsrf.test.ts',
  ),
  of(
    'F14',
    'Privacy',
    '200 marks: 0 in logs; after erasure 0 in tables; breach query and restore know',
    'canaries.test.ts',
    'privacy.test.ts',
  ),
  of(
    'F15',
    'What is built in',
    '0 install scripts unlisted, every package with its checksum and a licence we may use',
    'supply.test.ts',
  ),
  of(
    'F16',
    'Stopping',
    '20 times SIGTERM under 100 requests a second: 0 without an answer, gone within 10 s',
    'shutdown.test.ts',
  ),
  of(
    'F17',
    'Clocks',
    '10,000 times in each of 5 zones against PostgreSQL: 0 differences',
    'properties/zones.test.ts',
  ),
  of(
    'F18',
    'Migrations beside the traffic',
    '200,000 trips, 30 requests a second: nobody waits over 1.5 s, 0 failures',
    'migration.test.ts',
  ),
  of('–', 'Routing against exhaustive search', 'fronts equal on 2,000 random worlds', 'fronts.test.ts'),
  of(
    '–',
    'Timetables swapped under searches',
    '20 swaps, 50 searches at a time, 3 processes: 0 errors, 0 mixed answers',
    'swap.test.ts',
  ),
  of(
    '–',
    'Several feeds as one network',
    'from a metro stop over a train to a metro stop of another city',
    'severalFeeds.test.ts',
  ),
  of(
    '–',
    'Several processes, a replica and a pooler',
    'limits exact, reads at the replica, writes back within 10 s',
    'scale.test.ts',
  ),
  of('–', 'Restored to a moment', 'pgBackRest brings back what was between two writes', 'pitr.test.ts'),
  of('–', 'Archive', 'old figures leave the tables whole or not at all', 'archive.test.ts'),
  of(
    '–',
    'The package',
    'installed from the tarball: the program, a script on Node 22, a Next.js handler',
    'package.test.ts',
  ),
  of(
    '–',
    'Files for operators',
    'unit, compose file and proxies hold what the operations guide says',
    'ops.test.ts',
  ),
  of(
    '–',
    'The page in a browser',
    'by keyboard alone, 360 and 1280 px, English and Hindi: axe finds nothing in any state',
    'page.test.ts',
  ),
  of(
    '–',
    'Keeping and operating in a browser',
    'booked, undone, handed over, replanned, shared; a feed imported, read and used: 360 and 1280 px, English and Hindi',
    'e2e/keeping.test.ts',
    'e2e/operator.test.ts',
  ),
  of(
    '–',
    'Many options on the page',
    '200 options of 6 legs drawn, filtered, ordered: no frame over 50 ms',
    'manyOptions.test.ts',
  ),
  of(
    '–',
    'Reminders',
    '1,000 due at one moment, the worker killed three times: each mail exactly once',
    'reminders.test.ts',
  ),
  of(
    '–',
    'Jobs under writes',
    'archive, clean-up and partitions under 30 writes a second: none over 250 ms by them',
    'jobsUnderWrites.test.ts',
  ),
  of('–', 'Telemetry', 'sent when asked for, and never otherwise', 'telemetry.test.ts'),
];

/** Files whose tests plant faults and see the tests above turn red. */
export const isPlanting = (file: string): boolean =>
  /(plantedFaults\w*|MutationsFaults)\.test\.ts$/.test(file);
