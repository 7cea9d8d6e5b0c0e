/** What runs: whether a process id is still the process we think it is. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Alive and not a zombie. A process of another user counts as alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statOf(pid)?.state !== 'Z';
}

/** Linux: state and start time (clock ticks since boot) from /proc; elsewhere undefined. */
function statOf(pid: number): { state: string; started: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything: fields are counted from the last parenthesis (proc(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', started: fields[19] ?? '' };
}

/** Tells two processes with the same id apart; empty where the system does not say. */
export const startedAt = (pid: number): string => statOf(pid)?.started ?? '';

/** Whether the process is a PostgreSQL server (of any data folder). */
export function isPostgres(pid: number): boolean {
  try {
    const name = existsSync('/proc/self/comm')
      ? readFileSync(`/proc/${pid}/comm`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' });
    return /(^|\/)postgres\s*$/.test(name.trim());
  } catch {
    return process.platform === 'win32'; // no cheap way to ask: trust the pid file
  }
}

/** Linux: processes whose working folder is `folder`, as every process of a PostgreSQL server's is. */
export function processesIn(folder: string): number[] {
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}
