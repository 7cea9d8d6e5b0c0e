import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** The folder that `npm run build:web` writes. */
export const webFolder = path.resolve(import.meta.dirname, '../../web/dist');

interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  /** The name holds a hash of the contents: it may be kept for ever. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** Vite's names: `assets/index-BvX3kL0a.js`. */
const HASHED = /^\/assets\/.*-[\w-]{8,}\.\w+$/;

/**
 * The built page, held in memory: a request never touches the file system, so no path can leave the folder.
 * Paths that are no file answer `index.html`, for the page's own routes.
 */
export class StaticFiles {
  readonly #files = new Map<string, StaticFile>();
  readonly #compressed = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(folder: string = webFolder) {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const url = `/${path.relative(folder, file).split(path.sep).join('/')}`;
      const type = types[path.extname(file)];
      if (!type) continue;
      const body = new Uint8Array(readFileSync(file));
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      this.#files.set(url, { body, type, etag, immutable: HASHED.test(url) });
    }
  }

  get built(): boolean {
    return this.#files.has('/index.html');
  }

  /** The response to a GET, or `null` when the page is not built and the path is no file. */
  answer(request: Request): Response | null {
    const url = decodePath(request.url);
    const name = this.#files.has(url) ? url : fallback(url);
    const file = name === null ? undefined : this.#files.get(name);
    if (name === null || !file) return null;
    const headers = new Headers({
      'content-type': file.type,
      etag: file.etag,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
    });
    if (request.headers.get('if-none-match')?.includes(file.etag))
      return new Response(null, { status: 304, headers });
    const encoding = COMPRESSIBLE.test(file.type)
      ? preferred(request.headers.get('accept-encoding') ?? '')
      : null;
    if (!encoding) return new Response(file.body, { headers });
    headers.set('content-encoding', encoding);
    return new Response(this.#compress(name, file, encoding), { headers });
  }

  #compress(name: string, file: StaticFile, encoding: 'br' | 'gzip'): Uint8Array<ArrayBuffer> {
    const key = `${encoding} ${name}`;
    const known = this.#compressed.get(key);
    if (known) return known;
    const made = new Uint8Array(
      encoding === 'br'
        ? brotliCompressSync(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
        : gzipSync(file.body, { level: 9 }),
    );
    this.#compressed.set(key, made);
    return made;
  }
}

function decodePath(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return '/';
  }
}

/** A path of the page; a missing asset (it has an extension) is not. */
const fallback = (url: string): string | null => (path.extname(url) === '' ? '/index.html' : null);

function preferred(accepted: string): 'br' | 'gzip' | null {
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? 'gzip' : null;
}
