import type { CommandEntry } from './run.ts';

/** Commands that need nothing wired by `main.ts`; the others are added there. */
export const commands: readonly CommandEntry[] = [
  // plan, batch, compare, network: one line each, as
  // { name: 'plan', summary: '…', load: async () => (await import('./plan.ts')).command },
];
