import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ListSkeleton } from '../../components/EmptyState.tsx';
import { Failure } from '../../components/Failure.tsx';
import { Icon } from '../../components/Icon.tsx';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { operatorWords } from '../../words/operator.ts';
import { siteWords } from '../../words/site.ts';

interface Props<Answer> {
  readonly id: string;
  readonly title: string;
  /** Under `/api/v1/`: the same as a file. */
  readonly file?: string;
  readonly query: UseQueryResult<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}

/** One table of the operator: waiting, failed or there, with a way to take it out. */
export function Part<Answer>({ id, title, file, query, children }: Props<Answer>) {
  const { data, error, refetch } = query;
  return (
    <section aria-labelledby={id} className="mt-10">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="section-title">
          {title}
        </h2>
        {file === undefined ? null : (
          <a
            className="link inline-flex min-h-11 items-center gap-1.5 text-sm"
            href={`/api/v1/${file}`}
            download
          >
            <Icon name="document" size={16} />
            {operatorWords.csv}
            <span className="sr-only">{title}</span>
          </a>
        )}
      </div>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <ListSkeleton label={siteWords.loading} />
      ) : (
        children(data)
      )}
    </section>
  );
}

interface TableProps {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** The first column says what a row is about. */
export function Table({ label, head, rows }: TableProps) {
  return (
    <ScrollRegion label={operatorWords.table(label)}>
      <table className="figures">
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, at) => (
                // The columns never change their places.
                // oxlint-disable-next-line react/no-array-index-key
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
