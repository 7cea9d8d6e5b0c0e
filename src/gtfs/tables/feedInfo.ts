import type { FeedInfo } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';

/** Publisher, version and the days vouched for are shown to the operator; the calendar alone says what runs. */
export async function readFeedInfo(source: FeedSource, log: NoticeLog): Promise<FeedInfo | null> {
  let info: FeedInfo | null = null;
  await readTable(source, 'feed_info.txt', log, { required: [], essential: false }, (row) => {
    info ??= infoOf(row);
  });
  return info;
}

function infoOf(row: TableRow): FeedInfo {
  const startDay = row.text('feed_start_date') === '' ? null : row.date('feed_start_date', 'not used');
  const endDay = row.text('feed_end_date') === '' ? null : row.date('feed_end_date', 'not used');
  const reversed = startDay !== null && endDay !== null && startDay > endDay;
  if (reversed)
    row.notice('DATES_REVERSED', 'feed_start_date', 'feed_start_date is after feed_end_date; not used.');
  return {
    publisher: row.name('feed_publisher_name'),
    version: row.name('feed_version'),
    language: row.name('feed_lang'),
    url: row.webAddress('feed_publisher_url'),
    ...(startDay === null || reversed ? {} : { startDay }),
    ...(endDay === null || reversed ? {} : { endDay }),
  };
}
