import type { FeedInfo } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';

/** Publisher and version are shown to the operator; the feed's own dates say nothing that the calendar does not. */
export async function readFeedInfo(source: FeedSource, log: NoticeLog): Promise<FeedInfo | null> {
  let info: FeedInfo | null = null;
  await readTable(source, 'feed_info.txt', log, { required: [], essential: false }, (row) => {
    info ??= { publisher: row.text('feed_publisher_name'), version: row.text('feed_version') };
  });
  return info;
}
