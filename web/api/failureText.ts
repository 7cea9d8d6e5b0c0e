import { siteWords } from '../words/site.ts';
import { ApiError } from './client.ts';

/** Why a write was not done, in one line. */
export function failureText(error: unknown): string {
  const { problem } = siteWords;
  if (!(error instanceof ApiError)) return problem.title;
  if (error.status === 0) return `${problem.offlineTitle}. ${problem.offline}`;
  if (error.status === 401) return problem.signIn;
  if (error.status === 429) {
    const seconds = Math.max(1, Math.ceil(((error.retryAt ?? Date.now() + 60_000) - Date.now()) / 1000));
    return `${problem.limitedTitle}. ${problem.limited(seconds)}`;
  }
  return `${problem.title}: ${error.message}`;
}
