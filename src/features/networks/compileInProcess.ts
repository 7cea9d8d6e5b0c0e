import { type ChildProcess, fork } from 'node:child_process';
import { AppError, type ErrorCode } from '../../errors.ts';
import type { CompiledNetwork, CompileOrder, ReportProgress } from './compileNetwork.ts';

/** What the import process is told, in one message. */
export interface ImportOrder extends CompileOrder {
  readonly memoryMb: number;
}

/** What it answers. */
export type ImportMessage =
  | { kind: 'progress'; label: string; done: number | undefined; total: number | undefined }
  | { kind: 'done'; compiled: CompiledNetwork }
  | { kind: 'refused'; code: ErrorCode; message: string; facts: Record<string, unknown> }
  | { kind: 'failed'; error: Error };

/** Indian rail and two metros together need 260; with the 130 of the program beside it all stays below 512. */
const IMPORT_MEMORY_MB = 320;
/** The rest is for the program itself, columns and the image, which do not lie in the heap. */
const HEAP_SHARE = 0.6;
/** The process reads what strangers wrote: it gets no address of the database and no secret. */
const PASSED_ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot'];

/**
 * Compiles in a process of its own: neither its time nor its memory is taken from searches, and what runs out of
 * memory there ends only there (a thread takes all with it when one large allocation fails). The process may hold
 * `memoryMb` in all. Throws what `compileNetwork` throws, and `FEED_REJECTED` when the feeds need more.
 */
export async function compileInProcess(
  order: CompileOrder,
  report: ReportProgress,
  memoryMb: number = IMPORT_MEMORY_MB,
): Promise<CompiledNetwork> {
  // `.ts` in the checkout, `.js` in the package.
  const child = fork(new URL(`importProcess${import.meta.url.slice(-3)}`, import.meta.url), {
    execArgv: [`--max-old-space-size=${Math.max(16, Math.floor(memoryMb * HEAP_SHARE))}`],
    env: Object.fromEntries(PASSED_ENVIRONMENT.map((name) => [name, process.env[name]])),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  try {
    return await answerOf(child, { ...order, memoryMb }, report);
  } finally {
    child.kill('SIGKILL');
  }
}

function answerOf(child: ChildProcess, order: ImportOrder, report: ReportProgress): Promise<CompiledNetwork> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-MOST_SAID)));
    child.on('message', (message: ImportMessage) => {
      if (message.kind === 'progress') report(message.label, message.done, message.total);
      else if (message.kind === 'done') resolve(message.compiled);
      else if (message.kind === 'refused')
        reject(new AppError(message.code, message.message, { facts: message.facts }));
      else reject(isOutOfMemory(message.error.message) ? tooBig(order) : message.error);
    });
    child.on('error', reject);
    // After `exit` the last message and the last words may still be on their way.
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL' || isOutOfMemory(said)) reject(tooBig(order));
      else
        reject(
          new AppError('INTERNAL', `The import ended without a result (${signal ?? code}).`, { cause: said }),
        );
    });
    // A process that ends before it has read this says why by `close`.
    child.send(order, () => undefined);
  });
}

const MOST_SAID = 10_000;

/** Of V8 in its last words, and of what it throws when one array, map or text is too large. */
const isOutOfMemory = (said: string): boolean =>
  /out of memory|allocation failed|maximum size exceeded|invalid (array|string) length/i.test(said);

const tooBig = ({ feeds, memoryMb }: ImportOrder): AppError =>
  new AppError(
    'FEED_REJECTED',
    `${feeds.map(({ name }) => name).join(' + ')} is too big for an import of ${memoryMb} MB; raise IMPORT_MEMORY_MB.`,
  );
