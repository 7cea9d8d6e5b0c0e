import type { Context, MiddlewareHandler } from 'hono';
import { PlainHeaders, type PlainRecord } from './plainHeaders.ts';

/** Of an answer on its way out. */
export interface AnswerHeaders {
  get(name: Lowercase<string>): string | null;
  has(name: Lowercase<string>): boolean;
  set(name: Lowercase<string>, value: string): void;
  append(name: Lowercase<string>, value: string): void;
  delete(name: Lowercase<string>): void;
}

/** A part of what stands around every route. */
export interface Layer {
  /** What it throws, or the response it answers, is the answer: no further layer and no route is asked. */
  readonly before?: (c: Context) => void | Response | Promise<void | Response>;
  /** When the answer is there and `before`, if there is one, let the request through; the last layer first. */
  readonly after?: (c: Context, headers: AnswerHeaders) => void | Promise<void>;
}

/** An answer that its route wrote out itself, for {@link WRITTEN}. */
export interface WrittenAnswer {
  /** That it returned. */
  readonly response: Response;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: PlainRecord;
}

/** Name of the variable of a context that a route may set to a {@link WrittenAnswer}. */
const WRITTEN = 'written';

export interface AroundOptions {
  /** The layers of a request, the outermost first. */
  readonly layers: (request: { readonly path: string }) => readonly Layer[];
  /** Runs the layers and the route: may bound how long. Throws what they throw. */
  readonly within: (c: Context, work: () => Promise<void>) => Promise<void>;
  /** The answer to what was thrown. */
  readonly failed: (c: Context, thrown: unknown) => Response;
}

/**
 * All layers in one middleware. Each as one of its own costs an answer from memory two promises a layer, and `Headers`
 * more than all the rest: where a route wrote its answer out, the headers stay a plain object until they are sent.
 */
export function around({ layers: layersOf, within, failed }: AroundOptions): MiddlewareHandler {
  return async (c, next) => {
    const layers = layersOf(c.req);
    let passed = 0;
    try {
      await within(c, async () => {
        for (const { before } of layers) {
          const answered = before?.(c);
          const response = answered instanceof Promise ? await answered : answered;
          if (response) {
            c.res = response;
            return;
          }
          passed += 1;
        }
        await next();
      });
    } catch (thrown) {
      c.res = failed(c, thrown);
    }
    await pass(c, layers.slice(0, passed), failed);
  };
}

/** The answer passes the layers on its way out, whatever one of them makes of it. */
async function pass(c: Context, layers: readonly Layer[], failed: AroundOptions['failed']): Promise<void> {
  const written = c.get(WRITTEN) as WrittenAnswer | undefined;
  const plain = written?.response === c.res ? new PlainHeaders(written.headers) : null;
  const isPlain = (): boolean => plain !== null && written?.response === c.res;
  for (let index = layers.length - 1; index >= 0; index--)
    try {
      const passing = layers[index]!.after?.(c, isPlain() ? plain! : c.res.headers);
      if (passing) await passing;
    } catch (thrown) {
      replaceAnswer(c, failed(c, thrown));
    }
  if (plain && written && isPlain())
    replaceAnswer(c, new Response(written.body, { status: written.response.status, headers: plain.record }));
}

/** Takes the place of an answer whose headers are in the new one, or not wanted there. */
export function replaceAnswer(c: Context, response: Response): void {
  c.res = undefined; // else Hono puts the headers of the one before on it
  c.res = response;
}
