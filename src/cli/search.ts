import type { Config } from '../config.ts';
import type { SearchRequestInput, SearchResponse } from '../features/journeys/contract.ts';
import type { Command } from './command.ts';
import { readRequest, searchOptions } from './searchRequest.ts';
import { searchText } from './searchText.ts';

/** What the command needs; `main.ts` wires it. `search` throws `INVALID_REQUEST` for what does not fit. */
export interface SearchProgram {
  search(request: SearchRequestInput): Promise<SearchResponse>;
  close(): Promise<void>;
}

/** `routestitch search`: one search on the active network, as the API does it. */
export function searchCommand(
  open: (config: Config, report: (label: string) => void) => Promise<SearchProgram>,
): Command {
  return {
    name: 'search',
    summary: 'Search journeys from door to door on the active timetable',
    usage: '--from PLACE --to PLACE [options]',
    details: `examples:
  routestitch search --from Noida --to Bangalore --date 2026-12-15
  routestitch search --from NDLS --to "KSR Bengaluru" --time 18:00 --modes train --prefer cheapest
  routestitch search --from Delhi --to Udaipur --stop "Jaipur:4h"
  routestitch search --from Pune --to Goa --passengers 4 --child 7 --child 3 --class 2A,AC_SLEEPER`,
    options: searchOptions,
    async run({ values, config, json, out, progress }) {
      const request = readRequest(values);
      const program = await open(config, (label) => progress.report(label));
      try {
        const response = await program.search(request);
        out(json ? JSON.stringify(response, null, 2) : searchText(response));
      } finally {
        await program.close();
      }
    },
  };
}
