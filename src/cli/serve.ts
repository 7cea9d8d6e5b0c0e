import type { Config } from '../config.ts';
import type { Command } from './command.ts';
import { stopSignal } from './stopSignal.ts';

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
      'Configured by the environment (.env.example lists all): PORT, HOST, DATABASE_URL, DATA_DIR … Stops cleanly on SIGINT or SIGTERM.',
    options: {},
    async run({ config, json, out, note, progress }) {
      const started = performance.now();
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
      await stopSignal();
      if (!json) note('stopping …');
      await serving.close();
    },
  };
}
