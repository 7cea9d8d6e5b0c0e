import type { ComponentProps } from 'react';
import { Empty } from './Empty.tsx';
import { Notes } from './Notes.tsx';
import { Results } from './Results.tsx';

interface Props extends ComponentProps<typeof Results> {
  readonly onRefresh: () => void;
}

/** What the interface answered: options, or none and a way out. */
export function Answer({ onRefresh, ...props }: Props) {
  const { answer, query, onSearch } = props;
  return (
    <>
      <Notes answer={answer} query={query} onRefresh={onRefresh} />
      {answer.routes.length === 0 ? (
        <Empty answer={answer} query={query} onSearch={onSearch} />
      ) : (
        <Results key={answer.searchId} {...props} />
      )}
    </>
  );
}
