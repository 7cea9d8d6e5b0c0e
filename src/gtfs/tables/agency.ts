import { isZone } from '../../units/time.ts';
import type { Agency } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import { refusal } from '../refusal.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';

export interface Agencies {
  readonly agencies: Agency[];
  readonly byId: Map<string, number>;
  /** The zone of every time in the feed. */
  readonly zone: string;
}

/** GTFS demands one zone for all agencies of a feed; the first usable one counts. */
export async function readAgencies(source: FeedSource, log: NoticeLog): Promise<Agencies> {
  const agencies: Agency[] = [];
  const byId = new Map<string, number>();
  let zone: string | null = null;
  const required = ['agency_name', 'agency_timezone'];
  await readTable(source, 'agency.txt', log, { required, essential: true }, (row) => {
    const id = row.text('agency_id') === '' ? '' : row.id('agency_id');
    if (id === null) return;
    if (byId.has(id)) {
      row.notice('DUPLICATE_KEY', 'agency_id', 'This agency was given before; the row was left out.');
      return;
    }
    const own = row.text('agency_timezone');
    if (!isZone(own)) {
      row.notice(
        'INVALID_ZONE',
        'agency_timezone',
        'This is no zone of the IANA database; the zone of another agency is used.',
      );
    } else if (zone === null) {
      zone = own;
    } else if (zone !== own) {
      row.notice(
        'MIXED_ZONES',
        'agency_timezone',
        `Agencies of one feed must share a zone; all times were read as ${zone}.`,
      );
    }
    byId.set(id, agencies.length);
    agencies.push({ id, name: row.name('agency_name') || id, zone: own });
  });
  // Guessing one would make every time of the feed wrong by hours.
  if (zone === null)
    throw refusal(
      'NO_ZONE',
      { file: 'agency.txt', row: 2, column: 'agency_timezone' },
      'agency.txt names no zone of the IANA database, such as Asia/Kolkata; mend agency_timezone.',
    );
  return { agencies, byId, zone };
}
