import type { Service } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';

/** Services by id, filled by `calendar.txt` and `calendar_dates.txt`. */
export class Services {
  readonly all: Service[] = [];
  readonly byId = new Map<string, number>();
  /** Line in `calendar.txt` by service, where there is one. */
  readonly lines = new Map<Service, number>();

  ensure(id: string): Service {
    const known = this.byId.get(id);
    if (known !== undefined) return this.all[known]!;
    const service: Service = { id, periods: [], exceptions: new Map() };
    this.byId.set(id, this.all.length);
    this.all.push(service);
    return service;
  }
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export async function readCalendar(source: FeedSource, log: NoticeLog, services: Services): Promise<boolean> {
  const required = ['service_id', ...WEEKDAYS, 'start_date', 'end_date'];
  const essential = source.tables.has('calendar.txt');
  return readTable(source, 'calendar.txt', log, { required, essential, mayBeEmpty: true }, (row) => {
    const id = row.id('service_id');
    if (id === null) return;
    const weekdays = readWeekdays(row);
    const from = row.date('start_date');
    const to = row.date('end_date');
    // A service whose only row is bad still exists: its runs then have no day, rather than no reference.
    const service = services.ensure(id);
    if (weekdays === null || from === null || to === null) return;
    if (service.periods.length > 0) {
      row.notice('DUPLICATE_KEY', 'service_id', 'This service was given before; the row was left out.');
    } else if (from > to) {
      row.notice('DATES_REVERSED', 'start_date', 'start_date is after end_date; the row was left out.');
    } else {
      service.periods.push({ weekdays, from, to });
      services.lines.set(service, row.record.line);
    }
  });
}

function readWeekdays(row: TableRow): number | null {
  let mask = 0;
  for (const [bit, column] of WEEKDAYS.entries()) {
    const runs = row.integer(column, 0, 1);
    if (runs === null) return null;
    mask |= runs << bit;
  }
  return mask;
}
