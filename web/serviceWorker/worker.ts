/**
 * Opens the page without a connection. It keeps the files of one build and nothing else: what belongs to a user is
 * never seen here, but kept by the page itself (`web/offline/`), which knows when to forget it.
 */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
}
const scope = globalThis as unknown as Scope;

/** Put in by the build (web/serviceWorker/build.ts): what is needed without a connection, and its hash. */
const files = '__FILES__'.split(' ');
const PREFIX = 'page-';
const NAME = `${PREFIX}__VERSION__`;
const DOCUMENT = '/index.html';
/** On a train the connection hangs more often than it breaks. */
const PATIENCE_MS = 8000;
/** Documents of the server: signing in, a shared trip, files. They are its own affair, with or without a connection. */
const ELSEWHERE = /^\/(api|auth|out|shared|calendar)(\/|$)/;
// Every file answers to one address in one form; how it was packed on the way does not matter.
const kept = (request: Request | string): Promise<Response | undefined> =>
  caches.match(request, { ignoreVary: true });

async function install(): Promise<void> {
  const cache = await caches.open(NAME);
  // Files named by their hash come from the browser's own cache; the document must be the one of this build.
  await cache.addAll([...files, new Request(DOCUMENT, { cache: 'no-cache' })]);
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** From the server, so that a new version is seen at once; kept only for when it cannot be reached. */
async function documentOf(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const page = await kept(DOCUMENT);
    if (page) return page;
    throw error;
  }
}

async function fileOf(request: Request): Promise<Response> {
  const known = await kept(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(NAME)).put(request, answer.clone());
  return answer;
}

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin || ELSEWHERE.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(documentOf(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(fileOf(request));
});
