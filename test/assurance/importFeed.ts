/** A process that imports one feed and tells what became of it, in how much time and memory. */
import { readFileSync } from 'node:fs';
import { connect } from '../../src/database/connect.ts';
import { AppError } from '../../src/errors.ts';
import { importNetwork } from '../../src/features/networks/index.ts';
import { asEpochMinute } from '../../src/units/time.ts';

export type ImportOutcome = (
  | { id: string }
  | { code: string; message: string; facts: Readonly<Record<string, unknown>> }
) & {
  readonly seconds?: number;
  readonly peakMb?: number;
  /** Steps of the bar that were reported. */
  readonly steps?: number;
};

interface Order {
  readonly url: string;
  readonly file: string;
  readonly now: number;
  readonly memoryMb?: number;
}

/** Most memory that this process ever held. The figure of `getrusage` may be its parent's, before the program began. */
export function peakMemoryMb(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Math.round(Number(kilobytes) / 1024);
}

if (import.meta.main) {
  const { url, file, now, memoryMb } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Order;
  const db = await connect({ ownerUrl: url, role: 'rs_service' });
  const started = performance.now();
  let steps = 0;
  let outcome: ImportOutcome;
  try {
    const { id } = await importNetwork(db, {
      sources: [file],
      activate: true,
      now: asEpochMinute(now),
      ...(memoryMb === undefined ? {} : { memoryMb }),
      onProgress: () => steps++,
    });
    outcome = { id };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    outcome = { code: error.code, message: error.message, facts: error.facts };
  } finally {
    await db.close();
  }
  const seconds = (performance.now() - started) / 1000;
  const peakMb = peakMemoryMb();
  process.stdout.write(JSON.stringify({ ...outcome, seconds, peakMb, steps }));
}
