/** The browser's own database, as far as it is needed. It may be missing, full or forbidden: callers take that. */
const NAME = 'routestitch';
const stores = ['kept', 'waiting'] as const;
type StoreName = (typeof stores)[number];
export type Stores = Readonly<Record<StoreName, IDBObjectStore>>;

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.addEventListener('upgradeneeded', () => {
      asked.result.createObjectStore('kept');
      asked.result.createObjectStore('waiting', { keyPath: 'id', autoIncrement: true });
    });
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error ?? new Error('no database')));
  }).then((database) => {
    // A version to come must not wait for this page.
    database.addEventListener('versionchange', () => database.close());
    database.addEventListener('close', () => (opened = null));
    return database;
  });
  opened.catch(() => (opened = null));
  return opened;
}

export const answered = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not answered')));
  });

/** Does all of it or nothing: resolves when it is written. The work waits for nothing but its own requests. */
export async function inDatabase<Value>(
  mode: 'readonly' | 'readwrite',
  work: (stores: Stores) => Promise<Value>,
): Promise<Value> {
  const transaction = (await open()).transaction(stores, mode);
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('taken back')));
  });
  // Where the work fails, it says why.
  done.catch(() => undefined);
  const value = await work({
    kept: transaction.objectStore('kept'),
    waiting: transaction.objectStore('waiting'),
  });
  await done;
  return value;
}
