import { useQuery } from '@tanstack/react-query';
import { accessesQuery } from '../../api/operator.ts';
import { operatorWords } from '../../words/operator.ts';
import { clockNow, dayName } from '../../words/say.ts';
import { Part, Table } from './Part.tsx';

/** What administrators changed and took out, the latest first. */
export function Log() {
  const { log } = operatorWords;
  return (
    <Part id="log" title={log.title} file="admin/accesses.csv" query={useQuery(accessesQuery)}>
      {({ accesses }) =>
        accesses.length === 0 ? (
          <p>{log.none}</p>
        ) : (
          <Table
            label={log.title}
            head={[log.when, log.who, log.kind, log.path]}
            rows={accesses.map(({ id, at, email, kind, path }) => ({
              key: id,
              cells: [`${dayName(at)} ${clockNow(at)}`, email, log.kinds[kind], path],
            }))}
          />
        )
      }
    </Part>
  );
}
