import { AppError } from '../../errors.ts';

/** Throws `TIMED_OUT` when `work` has not ended after `ms`: nobody waits longer for a page. */
export const withDeadline = (ms: number, work: () => Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new AppError('TIMED_OUT', `There was no answer within ${ms / 1000} s: try again`)),
      ms,
    );
    const ended = (end: () => void): void => {
      clearTimeout(timer);
      end();
    };
    work().then(
      () => ended(resolve),
      (thrown: unknown) => ended(() => reject(thrown)), // oxlint-disable-line typescript/prefer-promise-reject-errors -- as it was thrown
    );
  });
