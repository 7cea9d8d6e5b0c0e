import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from './readTable.ts';

/** Folders whose tables change the answer to a search. The sample's are in its network already. */
const FOLDERS = ['gazetteer', 'rules'];

/** SHA-256 over the names and contents of these tables, base64url: the same files, the same version. */
export function tablesVersion(folder: string = dataFolder): string {
  const hash = createHash('sha256');
  for (const part of FOLDERS)
    for (const name of readdirSync(path.join(folder, part)).toSorted()) {
      const content = readFileSync(path.join(folder, part, name));
      hash.update(`${part}/${name} ${content.length}\n`).update(content);
    }
  return hash.digest('base64url');
}
