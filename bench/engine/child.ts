/**
 * One measurement in a process of its own, so that its memory is its own; FOLDER holds the case. Prints one JSON
 * line. Each part is imported when it is asked for: counting must begin before the engine is there.
 */
const tasks: Readonly<Record<string, (...args: string[]) => Promise<unknown>>> = {
  feed: async (folder, zip, pairs) => (await import('./prepare.ts')).prepareFeed(zip, pairs, folder),
  invented: async (folder, size, count) =>
    (await import('./prepare.ts')).prepareInvented(Number(size), Number(count), folder),
  measure: async (folder) => (await import('./measure.ts')).measureCase(folder),
  count: async (folder) => (await import('./countCase.ts')).countCase(folder),
  workers: async (folder) => (await import('./workers.ts')).measureWorkers(folder),
};

const [task = '', ...args] = process.argv.slice(2);
const run = tasks[task];
if (!run) throw new Error(`No such measurement: ${task}`);
process.stdout.write(`${JSON.stringify(await run(...args))}\n`);
