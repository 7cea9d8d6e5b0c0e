import { formatClock, zoneOffset } from '../../units/time.ts';
import type { NetworkImage } from '../timetable/image.ts';
import type { Journey } from './journey.ts';

/**
 * A journey on one line, for tests, logs and the command line:
 * `A 08:00 ~ R1 08:05→09:10 ~ B ~ walk 5 ~ C ~ R2 09:20→01:10+1 ~ D 01:15+1`. Times are wall clocks of the
 * stop; `+1` counts days of that clock from the network's first day.
 */
export function formatJourney(image: NetworkImage, journey: Journey): string {
  const parts = [
    `${image.stopId(journey.access.stop)} ${clockAt(image, journey.access.stop, journey.departure)}`,
  ];
  for (const leg of journey.legs) {
    if (leg.kind === 'link') parts.push(`${leg.linkKind} ${leg.arrival - leg.departure}`);
    else {
      const { line, id } = image.run(leg.run);
      const name = image.line(line).shortName || id;
      parts.push(`${name} ${clockAt(image, leg.from, leg.departure)}→${clockAt(image, leg.to, leg.arrival)}`);
    }
    parts.push(image.stopId(leg.to));
  }
  parts[parts.length - 1] =
    `${image.stopId(journey.egress.stop)} ${clockAt(image, journey.egress.stop, journey.arrival)}`;
  return parts.join(' ~ ');
}

/** The wall clock at a stop, with the days passed since the network's first day. */
function clockAt(image: NetworkImage, stop: number, timeline: number): string {
  const instant = image.instantAt(timeline);
  const local = timeline + zoneOffset(instant, image.stopZone(stop));
  const day = Math.floor(local / 1440);
  return formatClock(local) + (day === 0 ? '' : day > 0 ? `+${day}` : String(day));
}
