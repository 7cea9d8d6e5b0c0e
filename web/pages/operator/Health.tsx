import { useQuery } from '@tanstack/react-query';
import type { OperatorHealth } from '../../../src/features/operator/contract.ts';
import { healthQuery } from '../../api/operator.ts';
import { operatorWords } from '../../words/operator.ts';
import { clockNow } from '../../words/say.ts';
import { bytesText, figure, shareText } from './numbers.ts';
import { Part, Table } from './Part.tsx';

/** Caches, limits, database and connections, as they are now. */
export function Health() {
  const { health } = operatorWords;
  return (
    <Part id="health" title={health.title} query={useQuery(healthQuery)}>
      {(now) => (
        <div className="grid grid-cols-1 gap-6">
          <p className="-mb-3 text-sm text-soft">{health.at(clockNow(now.at))}</p>
          <Caches now={now} />
          <Limits limits={now.limits} />
          <Database now={now} />
        </div>
      )}
    </Part>
  );
}

function Caches({ now: { routeCache, geocodeCache } }: { readonly now: OperatorHealth }) {
  const { health } = operatorWords;
  return (
    <Table
      label={health.caches}
      head={[health.cache, health.rows, health.expired, health.size]}
      rows={[
        { name: health.routes, ...routeCache },
        { name: health.places, ...geocodeCache },
      ].map(({ name, rows, expired, bytes }) => ({
        key: name,
        cells: [name, figure(rows), figure(expired), bytesText(bytes)],
      }))}
    />
  );
}

function Limits({ limits }: Pick<OperatorHealth, 'limits'>) {
  const { health } = operatorWords;
  if (limits.length === 0) return <p>{health.noLimits}</p>;
  return (
    <Table
      label={health.limits}
      head={[health.rule, health.most, health.keys, health.full]}
      rows={limits.map(({ rule, kind, max, keys, full }) => ({
        key: `${rule} ${kind}`,
        cells: [
          [rule ?? health.otherRule, kind].filter((part) => part !== null).join(' · '),
          max === null ? '–' : figure(max),
          figure(keys),
          full === null ? '–' : figure(full),
        ],
      }))}
    />
  );
}

function Database({ now: { database, pools, analytics } }: { readonly now: OperatorHealth }) {
  const { health } = operatorWords;
  const lost = analytics.reduce((all, { dropped, refused }) => all + dropped + refused, 0);
  const facts: readonly (readonly [string, string])[] = [
    [health.version, database.version],
    [health.databaseSize, bytesText(database.sizeBytes)],
    [health.connections, `${figure(database.connections)} / ${figure(database.maxConnections)}`],
    [health.fromMemory, shareText(database.cacheHitShare)],
    [health.locks, figure(database.waitingForLocks)],
    [
      health.pools,
      pools.map(({ name, open, max, waiting }) => `${name} ${open}/${max} (+${waiting})`).join(', '),
    ],
    [health.lost, figure(lost)],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="mb-2 break-words sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
