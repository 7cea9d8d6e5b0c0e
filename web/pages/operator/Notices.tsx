import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NetworkNotice } from '../../../src/features/networks/contract.ts';
import { networkQuery, noticesPath, noticesQuery } from '../../api/operator.ts';
import { Failure } from '../../components/Failure.tsx';
import { MoreButton } from '../../components/MoreButton.tsx';
import { operatorWords } from '../../words/operator.ts';
import { siteWords } from '../../words/site.ts';
import { figure } from './numbers.ts';
import { Table } from './Part.tsx';

interface Props {
  readonly id: string;
  readonly name: string;
  /** Nothing is read before it is looked at. */
  readonly asked: boolean;
}

/** What was found in the feeds: by kind, and each with its place in the file. */
export function Notices({ id, name, asked }: Props) {
  const { notices: words } = operatorWords;
  const [code, setCode] = useState<string | null>(null);
  const { data: detail } = useQuery(networkQuery(id, asked));
  const list = useInfiniteQuery(noticesQuery(id, code, asked));
  const notices = (list.data?.pages ?? []).flatMap((page) => page.notices);
  if (list.error && notices.length === 0)
    return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <p aria-busy={asked}>{asked ? siteWords.loading : null}</p>;
  if (notices.length === 0 && code === null) return <p>{words.none}</p>;
  return (
    <>
      <label className="label mt-2 block max-w-md">
        {words.kind}
        <select
          className="field"
          value={code ?? ''}
          onChange={(event) => setCode(event.target.value || null)}
        >
          <option value="">{words.all}</option>
          {(detail?.notices ?? []).map((kind) => (
            <option key={`${kind.severity} ${kind.code}`} value={kind.code}>
              {`${words.severities[kind.severity]}: ${kind.code} (${figure(kind.count)})`}
            </option>
          ))}
        </select>
      </label>
      <p className="mb-2">
        <a
          className="link inline-flex min-h-11 items-center text-sm"
          href={`/api/v1/${noticesPath(id, code, true)}`}
          download
        >
          {operatorWords.csv}
          <span className="sr-only">{words.of(name)}</span>
        </a>
      </p>
      <Table
        label={words.of(name)}
        head={[words.what, words.where, words.value]}
        rows={notices.map((notice, at) => ({
          key: String(at),
          cells: [<What key="what" notice={notice} />, placeOf(notice), notice.value ?? ''],
        }))}
      />
      <MoreButton list={list} text={words.more} said={words.shown(notices.length)} />
    </>
  );
}

/** Codes and messages are those of the command line: English. */
function What({ notice: { severity, code, message } }: { readonly notice: NetworkNotice }) {
  return (
    <>
      <span className={severity === 'ERROR' ? 'font-semibold text-accent' : ''}>
        {operatorWords.notices.severities[severity]}
      </span>{' '}
      <span lang="en">
        <code>{code}</code>
        <span className="block min-w-56 font-normal text-soft">{message}</span>
      </span>
    </>
  );
}

/** "rail · stops.txt:12 stop_lat". */
const placeOf = ({ feed, file, row, column }: NetworkNotice): string =>
  [feed, file === null ? null : `${file}${row === null ? '' : `:${row}`} ${column ?? ''}`.trim()]
    .filter((part) => part !== null)
    .join(' · ');
