import { AppError } from '../../errors.ts';

/** Names that only this machine answers to: no page elsewhere can make a browser believe that it is one of them. */
const LOOPBACK = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

export const isLoopback = (origin: string): boolean => LOOPBACK.test(origin);

/**
 * Where our pages are, as `https://journeys.example.org`: PUBLIC_URL's, else, on this machine, where the request was
 * sent to. The `Host` of a request alone is no proof: a link in a mail would lead to whoever wrote it.
 * Throws `UNAVAILABLE`.
 */
export function ownOrigin(request: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  const { origin } = new URL(request.url);
  if (!isLoopback(origin))
    throw new AppError(
      'UNAVAILABLE',
      'Whoever runs this server must set PUBLIC_URL before people can sign in',
    );
  return origin;
}
