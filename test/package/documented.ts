/** Files that a document shows: code blocks whose first line is a comment with the file's name. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './folder.ts';

export async function documentedFiles(document: string): Promise<Record<string, string>> {
  const text = await readFile(path.join(repository, document), 'utf8');
  const blocks = text.matchAll(/^```(?:js|ts)\n\/\/ ([\w./[\]-]+\.(?:mjs|ts))\n(.*?)^```$/gms);
  return Object.fromEntries([...blocks].map(([, name, block]) => [name!, block!]));
}
