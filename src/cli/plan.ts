import type { WallClock } from '../units/time.ts';
import { formatDuration } from '../units/time.ts';
import { type Command, requiredOption } from './command.ts';
import {
  FeedPlanner,
  plannerOptions,
  type PrintedJourney,
  readSettings,
  readWallClock,
} from './feedPlanner.ts';
import { textTable } from './terminal.ts';

export const command: Command = {
  name: 'plan',
  summary: 'Plan a journey on any GTFS feed, without a database',
  usage: '--gtfs FEED.zip --from STOP_ID --to STOP_ID --depart 2026-01-05T08:13 [options]',
  details:
    'The time is the wall clock at the origin (with --arrive-by: at the destination). Answers the journey with the best\ntime and those that take longer with fewer rides. A station stands for all of its platforms.',
  options: {
    ...plannerOptions,
    from: { type: 'string', value: 'STOP_ID', help: 'Where to start' },
    to: { type: 'string', value: 'STOP_ID', help: 'Where to go' },
    depart: { type: 'string', value: 'YYYY-MM-DDTHH:MM', help: 'Earliest departure, or latest arrival' },
  },
  async run({ values, json, out, note, progress }) {
    const settings = readSettings(values);
    const [from, to] = [requiredOption(values, 'from'), requiredOption(values, 'to')];
    const clock: WallClock = readWallClock(requiredOption(values, 'depart'), '--depart');
    const planner = await FeedPlanner.load(settings, [clock.day], progress);
    progress.clear();
    const found = planner.journeys(planner.stop(from), planner.stop(to), clock);
    const journeys = found.map((journey) => planner.print(journey));
    if (json) {
      out(JSON.stringify({ from, to, journeys, ...(planner.partial && { partial: true }) }));
      return;
    }
    if (planner.partial) note('The deadline has cut the search: there may be other and better journeys.');
    else if (journeys.length === 0) note(`No journey from ${from} to ${to} in the calendar of this feed.`);
    const texts = found.map((journey, index) =>
      journeyText(planner, journeys[index]!, journey.arrival - journey.departure, journey.rides),
    );
    if (texts.length > 0) out(texts.join('\n\n'));
  },
};

function journeyText(planner: FeedPlanner, journey: PrintedJourney, minutes: number, rides: number): string {
  const title = `${spaced(journey.departure)} → ${spaced(journey.arrival)}  ${formatDuration(minutes)}, ${rides} ${rides === 1 ? 'ride' : 'rides'}`;
  const name = (id: string): string => `${planner.image.stopName(planner.stop(id))} (${id})`;
  const rows = journey.legs.map((leg) => [
    `  ${spaced(leg.departure).slice(5)}`,
    spaced(leg.arrival).slice(5),
    leg.mode,
    leg.line ?? '',
    `${name(leg.from)} → ${name(leg.to)}`,
  ]);
  return `${title}\n${textTable(['  leaves', 'arrives', 'by', 'line', 'way'], rows)}`;
}

const spaced = (local: string): string => local.replace('T', ' ');
