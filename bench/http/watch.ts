/** Loaded into a server by `--import`: says over IPC how busy its process and its event loop were. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Watched {
  /** Milliseconds of CPU that the process used, with its threads. */
  readonly cpuMs: number;
  /** Milliseconds that the event loop was late. */
  readonly delayP50: number;
  readonly delayP99: number;
  readonly delayMost: number;
}

/** A look once a millisecond; that millisecond is not lateness. */
const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let cpu = process.cpuUsage();
const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

process.on('message', (what: unknown) => {
  if (what === 'begin') {
    cpu = process.cpuUsage();
    delay.reset();
    delay.enable();
    process.send?.({ begun: true });
  }
  if (what === 'end') {
    const { user, system } = process.cpuUsage(cpu);
    delay.disable();
    const seen: Watched = {
      cpuMs: (user + system) / 1000,
      delayP50: late(delay.percentile(50)),
      delayP99: late(delay.percentile(99)),
      delayMost: late(delay.max),
    };
    process.send?.({ seen });
  }
});
// The server ends when it has nothing more to do.
process.channel?.unref();
