/** The operator's answers as tables: a head, and a line for each row. */
import { csvLine, type CsvValue } from '../../units/csv.ts';
import type { Corridors, Funnel, Platforms } from '../analytics/contract.ts';
import type { Network, NoticePage } from '../networks/contract.ts';
import type { AccessPage } from './contract.ts';

/** Names and values of the columns. */
type Columns<Row> = readonly (readonly [name: string, of: (row: Row) => CsvValue])[];

const csv = <Row>(columns: Columns<Row>, rows: readonly Row[]): string =>
  [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => of(row)))]
    .map((values) => csvLine(values))
    .join('');

/** Columns that are called as the fields are. */
const plain = <Row extends object>(...names: (keyof Row & string)[]): Columns<Row> =>
  names.map((name) => [name, (row) => row[name] as CsvValue]);

export const funnelCsv = ({ days }: Funnel): string =>
  csv(plain<Funnel['days'][number]>('date', 'searches', 'withRoutes', 'clicked', 'booked'), days);

type Corridor = Corridors['corridors'][number];
export const corridorsCsv = ({ corridors }: Corridors): string =>
  csv<Corridor>(
    [
      ['fromId', ({ from }) => from.id],
      ['from', ({ from }) => from.name],
      ['toId', ({ to }) => to.id],
      ['to', ({ to }) => to.name],
      ...plain<Corridor>(
        'searches',
        'visits',
        'withRoutes',
        'routesFound',
        'clicked',
        'booked',
        'conversion',
      ),
    ],
    corridors,
  );

export const platformsCsv = ({ platforms }: Platforms): string =>
  csv(
    plain<Platforms['platforms'][number]>(
      'platform',
      'currency',
      'clicks',
      'answered',
      'booked',
      'conversion',
      'commissionKnownOf',
      'expectedCommissionMinor',
    ),
    platforms,
  );

export const networksCsv = ({ networks }: { readonly networks: readonly Network[] }): string =>
  csv<Network>(
    [
      ...plain<Network>('id', 'name', 'isActive', 'version', 'sample', 'rolled', 'validFrom', 'validTo'),
      ['stops', ({ stats }) => stats.stops],
      ['lines', ({ stats }) => stats.lines],
      ['runs', ({ stats }) => stats.runs],
      ['runsDropped', ({ stats }) => stats.runsDropped],
      ['errors', ({ stats }) => stats.notices.ERROR],
      ['warnings', ({ stats }) => stats.notices.WARNING],
      ['infos', ({ stats }) => stats.notices.INFO],
      ['feeds', ({ feeds }) => feeds.map(({ name }) => name).join('; ')],
      ...plain<Network>('imageBytes', 'storedBytes', 'createdAt', 'activatedAt'),
    ],
    networks,
  );

export const noticesCsv = ({ notices }: NoticePage): string =>
  csv(
    plain<NoticePage['notices'][number]>(
      'severity',
      'code',
      'feed',
      'file',
      'row',
      'column',
      'value',
      'message',
    ),
    notices,
  );

export const accessesCsv = ({ accesses }: AccessPage): string =>
  csv(
    plain<AccessPage['accesses'][number]>('id', 'at', 'email', 'kind', 'path', 'details', 'requestId'),
    accesses,
  );
