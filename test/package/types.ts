/** Whether the types in the package are whole: what one of them refers to is there too. */
import path from 'node:path';

/** Any reference: `from './x.js'`, `import('./x.js')`. */
const REFERENCE = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+\.[jt]s)["']/g;

/**
 * Follows the references from `entry` over `.d.ts` files; answers `file → target` for each that is not among `files`.
 * `read` gives the text of one.
 */
export async function missingTypes(
  entry: string,
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<string[]> {
  const present = new Set(files);
  const seen = new Set<string>();
  const missing: string[] = present.has(entry) ? [] : [entry];
  const waiting = present.has(entry) ? [entry] : [];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, reference] of (await read(file)).matchAll(REFERENCE)) {
      const target = path.posix.join(path.posix.dirname(file), reference!).replace(/(\.d)?\.[jt]s$/, '.d.ts');
      if (present.has(target)) waiting.push(target);
      else missing.push(`${file} → ${target}`);
    }
  }
  return missing;
}
