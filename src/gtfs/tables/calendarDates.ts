import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';
import type { Services } from './calendar.ts';

const ADDED = 1;
const REMOVED = 2;

export async function readCalendarDates(
  source: FeedSource,
  log: NoticeLog,
  services: Services,
): Promise<boolean> {
  const required = ['service_id', 'date', 'exception_type'];
  const essential = source.tables.has('calendar_dates.txt');
  return readTable(source, 'calendar_dates.txt', log, { required, essential, mayBeEmpty: true }, (row) => {
    const id = row.id('service_id');
    if (id === null) return;
    const day = row.date('date');
    const type = row.integer('exception_type', ADDED, REMOVED);
    const { exceptions } = services.ensure(id);
    if (day === null || type === null) return;
    if (exceptions.has(day)) {
      row.notice('DUPLICATE_KEY', 'date', 'This service and date were given before; the row was left out.');
      return;
    }
    exceptions.set(day, type === ADDED);
  });
}
