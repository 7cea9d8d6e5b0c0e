import { useCallback, useEffect, useId, useMemo, useState } from 'react';
import { announce } from '../../components/Announcer.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Quoted } from '../../components/LegBar.tsx';
import { navigate } from '../../router/location.ts';
import { filterPairs, readFilters, readOrder } from '../../search/filterParams.ts';
import { facetsOf, filtered } from '../../search/filters.ts';
import type { Filters } from '../../search/filters.ts';
import { orderRoutes, orders } from '../../search/order.ts';
import type { Order } from '../../search/order.ts';
import { partySize } from '../../search/party.ts';
import type { TripQuery } from '../../search/query.ts';
import { pointsOf } from '../../search/tradeOff.ts';
import type { SearchResponse } from '../../search/shapes.ts';
import { resultWords } from '../../words/results.ts';
import { clockNow } from '../../words/say.ts';
import { CompareBar, MOST_COMPARED } from './Compare.tsx';
import { DayStrip } from './DayStrip.tsx';
import { FilterBar } from './FilterBar.tsx';
import { NothingLeft } from './NothingLeft.tsx';
import { OptionList, OPTION_FRAGMENT } from './OptionList.tsx';
import { summary } from './summary.ts';
import { TradeOffChart } from './TradeOffChart.tsx';
import { useSave } from './useSave.ts';

interface Props {
  readonly answer: SearchResponse;
  readonly query: TripQuery;
  /** The link's parameters: filters and order are beside the search in it. */
  readonly params: URLSearchParams;
  /** Changes filters and order of the link; the search stays. */
  readonly onView: (pairs: readonly [string, string][]) => void;
  readonly onSearch: (query: TripQuery) => void;
  /** The same search is on its way with other wishes. */
  readonly updating: boolean;
}

export function Results({ answer, query, params, onView, onSearch, updating }: Props) {
  const filters = readFilters(params, query.acOnly);
  const order = readOrder(params) ?? query.preference;
  const facets = useMemo(() => answer.routes.map(facetsOf), [answer]);
  // The link is the state: the same text of filters is the same list.
  const filterKey = JSON.stringify(filters);
  const routes = useMemo(
    () =>
      orderRoutes(
        filtered(facets, JSON.parse(filterKey) as Filters).map(({ route }) => route),
        answer.picks,
        order,
      ),
    [facets, filterKey, answer, order],
  );
  const points = useMemo(() => pointsOf(routes), [routes]);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [lit, setLit] = useState<string | null>(null);
  const [open, toggle, openOnly] = useOpenOptions();
  const [compared, setCompared] = useState<readonly string[]>([]);
  const { saved, save } = useSave(answer, query);

  const change = (next: Filters, nextOrder: Order = order): void => {
    if (next.acOnly !== query.acOnly) onSearch({ ...query, acOnly: next.acOnly });
    else onView([...filterPairs(next), ...(nextOrder === query.preference ? [] : [orderPair(nextOrder)])]);
    const left = filtered(facets, next).length;
    announce(resultWords.filters.shown(left, facets.length));
  };
  const compare = useCallback(
    (id: string) =>
      setCompared((before) => {
        if (before.includes(id)) return before.filter((one) => one !== id);
        if (before.length === MOST_COMPARED) announce(resultWords.compare.full);
        return before.length === MOST_COMPARED ? before : [...before, id];
      }),
    [],
  );
  const actions = useMemo(
    () => ({ onToggle: toggle, onSave: save, onCompare: compare, onLit: setLit }),
    [toggle, save, compare],
  );

  return (
    <>
      <p className="mt-3">{summary(answer, query)}</p>
      <div className={panel === 'days' ? '' : 'max-wide:hidden'}>
        <DayStrip answer={answer} query={query} onSearch={onSearch} />
      </div>
      <FilterBar facets={facets} filters={filters} onChange={change}>
        <PanelButtons panel={panel} onChange={setPanel} />
      </FilterBar>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-sm text-soft">
          {updating ? resultWords.updating : resultWords.filters.shown(routes.length, facets.length)}
        </p>
        <OrderChoice value={order} onChange={(next) => change(filters, next)} />
      </div>
      <div className="results-columns">
        <div className="min-w-0">
          {routes.length === 0 ? (
            <NothingLeft facets={facets} filters={filters} onChange={change} />
          ) : (
            <OptionList
              view={`${filterKey} ${order}`}
              answer={answer}
              routes={routes}
              passengers={partySize(query)}
              open={open}
              lit={lit}
              saved={saved}
              compared={compared}
              actions={actions}
            />
          )}
          <p className="mt-3 text-sm text-soft">
            <WorkedOut answer={answer} />
          </p>
        </div>
        <div className="aside" data-open={panel === 'chart' || undefined}>
          <TradeOffChart points={points} lit={lit} onLit={setLit} onPick={openOnly} />
        </div>
      </div>
      <CompareBar
        routes={compared.flatMap((id) => answer.routes.find((route) => route.id === id) ?? [])}
        passengers={partySize(query)}
        onClear={() => setCompared([])}
      />
    </>
  );
}

const orderPair = (order: Order): [string, string] => ['sort', order];

/** The network is called as its operator calls it. */
function WorkedOut({ answer }: Pick<Props, 'answer'>) {
  const [before = '', after = ''] = resultWords.workedOut(clockNow(answer.generatedAt), '\n').split('\n');
  return (
    <>
      {before}
      <Quoted>{answer.network.name}</Quoted>
      {after}
    </>
  );
}

type Panel = 'chart' | 'days';
const panels = ['chart', 'days'] as const satisfies readonly Panel[];

interface PanelProps {
  readonly panel: Panel | null;
  readonly onChange: (panel: Panel | null) => void;
}

/** Where the window is narrow, chart and days open above the options; on a wide one they stand beside them. */
function PanelButtons({ panel, onChange }: PanelProps) {
  return panels.map((one) => (
    <button
      key={one}
      type="button"
      className="chip wide:hidden"
      aria-expanded={panel === one}
      onClick={() => onChange(panel === one ? null : one)}
    >
      <Icon name={one} size={18} />
      {resultWords[one].title}
    </button>
  ));
}

interface OrderProps {
  readonly value: Order;
  readonly onChange: (order: Order) => void;
}

function OrderChoice({ value, onChange }: OrderProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-soft">
        {resultWords.order}
      </label>
      <select
        id={id}
        className="field w-auto!"
        value={value}
        onChange={(event) => {
          const next = orders.find((order) => order === event.currentTarget.value) ?? 'BALANCED';
          onChange(next);
          announce(resultWords.sorted(resultWords.orders[next]));
        }}
      >
        {orders.map((order) => (
          <option key={order} value={order}>
            {resultWords.orders[order]}
          </option>
        ))}
      </select>
    </div>
  );
}

type Toggle = (id: string) => void;

/** Which options are unfolded; the last one is the link's fragment, so that a link can show it. */
function useOpenOptions(): [ReadonlySet<string>, Toggle, Toggle] {
  const [linked] = useState(() =>
    location.hash.startsWith(`#${OPTION_FRAGMENT}`) ? location.hash.slice(1 + OPTION_FRAGMENT.length) : '',
  );
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(linked === '' ? [] : [linked]));
  useEffect(() => {
    if (linked !== '') document.getElementById(OPTION_FRAGMENT + linked)?.scrollIntoView();
  }, [linked]);
  const toggle = useCallback((id: string): void => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
    const fragment = `#${OPTION_FRAGMENT}${id}`;
    const hash = location.hash === fragment ? '' : fragment;
    navigate(location.pathname + location.search + hash, { replace: true, keepScroll: true });
  }, []);
  const openOnly = useCallback((id: string): void => {
    setOpen((before) => new Set([...before, id]));
    navigate(`${location.pathname}${location.search}#${OPTION_FRAGMENT}${id}`, {
      replace: true,
      keepScroll: true,
    });
    document.getElementById(OPTION_FRAGMENT + id)?.scrollIntoView({ block: 'start' });
  }, []);
  return [open, toggle, openOnly];
}
