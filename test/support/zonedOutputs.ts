/** Prints what must not depend on the zone of the machine: times of all kinds, and journeys on a feed. */
import { commands } from '../../src/cli/registry.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import { bookingCalendar } from './zonedTimes.ts';

const feed = process.argv[2] ?? '';
process.stdout.write(`${bookingCalendar()}\n`);
for (const [from, to, depart] of [
  ['A', 'C', '2026-03-28T07:00'],
  ['A', 'C', '2026-06-30T22:30'],
  ['A', 'D', '2026-07-01T05:00'],
  ['A', 'D', '2026-11-01T05:00'],
] as const)
  process.exitCode = Math.max(
    Number(process.exitCode ?? 0),
    await runCommandLine(
      ['plan', '--gtfs', feed, '--from', from, '--to', to, '--depart', depart, '--window', '1440', '--json'],
      commands,
      { version: '0' },
    ),
  );
