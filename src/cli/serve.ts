import type { Config } from '../config.ts';
import type { Command } from './command.ts';
import { stopSignal } from './stopSignal.ts';

/** Supervisors wait ten seconds before they kill. */
const STOP_MS = 9500;

/** A server that runs until it is told to stop. */
export interface Serving {
  /** Where it can be reached. */
  readonly url: string;
  readonly networkName: string;
  close(): Promise<void>;
}

/** `routestitch serve`, what `npm start` runs: database, timetable, API and page until SIGINT or SIGTERM. */
export function serveCommand(
  start: (config: Config, report: (label: string) => void, print: (line: string) => void) => Promise<Serving>,
): Command {
  return {
    name: 'serve',
    summary: 'Start the database, the API and the page',
    usage: '',
    details:
      'Configured by the environment (.env.example lists all): PORT, HOST, DATABASE_URL, DATA_DIR … Stops cleanly within 10 s on SIGINT or SIGTERM: /readyz says no, no more connections, every request answered, the figures written. A second signal ends it at once.',
    options: {},
    async run({ config, json, out, note, progress }) {
      const started = performance.now();
      const stop = stopSignal();
      const late = stop.then(() => endAfter(STOP_MS + 1000 * config.drainSeconds, note));
      const serving = await start(
        config,
        (label) => (progress.report(label), json ? undefined : note(`${label} …`)),
        json ? note : out,
      );
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const search = `${serving.url}/?origin=Noida&destination=Bangalore`;
      if (json)
        out(JSON.stringify({ url: serving.url, network: serving.networkName, seconds: Number(seconds) }));
      else
        out(
          `RouteStitch runs at ${serving.url} (started in ${seconds} s, timetable: ${serving.networkName})\n` +
            `Try a first search: ${search}\n` +
            'API: /api/docs · stop with Ctrl-C',
        );
      await stop;
      if (!json) note('stopping …');
      await serving.close();
      clearTimeout(await late);
    },
  };
}

const endAfter = (ms: number, note: (line: string) => void): NodeJS.Timeout =>
  setTimeout(() => {
    note('Not everything ended in time; stopped all the same.');
    process.exit(1);
  }, ms);
