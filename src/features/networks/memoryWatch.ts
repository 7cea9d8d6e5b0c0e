/** A thread that ends its process when that holds more memory than it may: a busy main thread cannot look itself. */
import { workerData } from 'node:worker_threads';

const LOOK_MS = 10;
const most = workerData as number;

setInterval(() => {
  if (process.memoryUsage.rss() > most) process.kill(process.pid, 'SIGKILL');
}, LOOK_MS);
