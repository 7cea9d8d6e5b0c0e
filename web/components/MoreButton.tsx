import type { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announce } from './Announcer.tsx';
import { Failure } from './Failure.tsx';

interface Props {
  readonly list: Pick<
    ReturnType<typeof useInfiniteQuery>,
    'error' | 'hasNextPage' | 'fetchNextPage' | 'isFetchingNextPage'
  >;
  readonly text: string;
  /** To those who do not see that the list has grown. */
  readonly said: string;
}

/** The next page of a list, below it. */
export function MoreButton({ list, text, said }: Props) {
  const { error, hasNextPage, fetchNextPage, isFetchingNextPage } = list;
  useEffect(() => {
    if (said !== '') announce(said);
  }, [said]);
  if (error) return <Failure level={2} error={error} onRetry={() => void fetchNextPage()} />;
  if (!hasNextPage) return null;
  return (
    <p className="mt-4 text-center">
      <button
        type="button"
        className="button"
        disabled={isFetchingNextPage}
        onClick={() => void fetchNextPage()}
      >
        {text}
      </button>
    </p>
  );
}
