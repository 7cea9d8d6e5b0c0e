/** More stored timetables without compiling any. */
import type { Queryable } from '../../src/database/connect.ts';
import { newId } from '../../src/units/ids.ts';

/** A copy of the active network under another name, never active; answers its id. As rs_service. */
export async function copyActiveNetwork(service: Queryable, name: string): Promise<string> {
  const id = newId();
  await service.query({
    text: `INSERT INTO networks (id, name, sample, rolled, roll_calendar, valid_from, valid_to, image_hash, image_size, image, stats, feeds, stop_names)
           SELECT $1, $2, false, rolled, roll_calendar, valid_from, valid_to, image_hash, image_size, image, stats, feeds, stop_names
           FROM networks WHERE is_active`,
    values: [id, name],
  });
  return id;
}
