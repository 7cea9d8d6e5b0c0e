import type { CommandEntry } from './run.ts';

/** Commands that need nothing wired by `main.ts`; `serve` and `search` are added there. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'network',
    summary: 'Import and manage timetables',
    load: async () => (await import('./network.ts')).command,
  },
  {
    name: 'plan',
    summary: 'Plan a journey on any GTFS feed, without a database',
    load: async () => (await import('./plan.ts')).command,
  },
  {
    name: 'batch',
    summary: 'Answer many queries on any GTFS feed and measure the engine',
    load: async () => (await import('./batch.ts')).command,
  },
  {
    name: 'compare',
    summary: 'Show the differences between two batch results',
    load: async () => (await import('./compare.ts')).command,
  },
  {
    name: 'db',
    summary: 'Migrate, check, seed or reset the database',
    load: async () => (await import('./db.ts')).command,
  },
  {
    name: 'doctor',
    summary: 'Check runtime, database, timetable, jobs, mail and disk; say what to do',
    load: async () => (await import('./doctor.ts')).command,
  },
  {
    name: 'data',
    summary: 'Show the tables behind every fare, rule and figure, with their sources',
    load: async () => (await import('./data.ts')).command,
  },
  {
    name: 'analytics',
    summary: 'Searches, clicks and bookings in figures; export them',
    load: async () => (await import('./analytics.ts')).command,
  },
  {
    name: 'maintain',
    summary: 'Run the maintenance jobs by hand',
    load: async () => (await import('./maintain.ts')).command,
  },
  {
    name: 'backup',
    summary: 'Back up the database, verify and restore backups',
    load: async () => (await import('./backup.ts')).command,
  },
  {
    name: 'privacy',
    summary: 'Who is affected by a breach; erasures',
    load: async () => (await import('./privacy.ts')).command,
  },
];
