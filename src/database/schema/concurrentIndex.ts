/** Indexes that are built beside the traffic: one a file, outside a transaction. */

export interface ConcurrentIndex {
  readonly name: string;
}

const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const CREATE = /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+"?([a-z_][a-z0-9_]*)"?\s+ON\s[^;]*;?\s*$/i;

/** The index that a script builds and nothing else; null for any other script. */
export function concurrentIndex(script: string): ConcurrentIndex | null {
  const name = CREATE.exec(script.replaceAll(COMMENTS, ' ').trim())?.[1];
  return name === undefined ? null : { name };
}
