import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { SavedRouteSummary } from '../../src/features/saved-routes/contract.ts';
import { formatDate } from '../../src/units/time.ts';
import { callApi } from '../api/client.ts';
import { removeLater, useGoing } from '../api/removeLater.ts';
import { savedRoutesQuery } from '../api/trips.ts';
import { Dialog } from '../components/Dialog.tsx';
import { EmptyState, ListSkeleton } from '../components/EmptyState.tsx';
import { Failure } from '../components/Failure.tsx';
import { Gate } from '../components/Gate.tsx';
import { Icon } from '../components/Icon.tsx';
import { MoreButton } from '../components/MoreButton.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { toast } from '../components/Toasts.tsx';
import { useWrite } from '../components/useWrite.ts';
import { navigate } from '../router/location.ts';
import { useToday } from '../search/useToday.ts';
import { searchPathOf } from '../trip/searchAgain.ts';
import { listWords } from '../words/lists.ts';
import { dayName } from '../words/say.ts';
import { siteWords } from '../words/site.ts';
import { tripWords } from '../words/trip.ts';

export function Page() {
  return (
    <>
      <PageHeading>{listWords.saved.title}</PageHeading>
      <Gate>
        <SavedRoutes />
      </Gate>
    </>
  );
}

function SavedRoutes() {
  const list = useInfiniteQuery(savedRoutesQuery);
  const going = useGoing();
  const routes = (list.data?.pages ?? [])
    .flatMap((page) => page.savedRoutes)
    .filter(({ id }) => !going.has(id));
  const { empty, emptyText, trips, more } = listWords.saved;
  if (list.isPending) return <ListSkeleton label={siteWords.loading} />;
  if (list.error && routes.length === 0)
    return <Failure level={2} error={list.error} onRetry={() => void list.refetch()} />;
  if (routes.length === 0 && !list.hasNextPage)
    return (
      <EmptyState icon="bookmark" title={empty} text={emptyText} link={{ href: '/trips', text: trips }} />
    );
  return (
    <>
      <ul className="double-rule">
        {routes.map((route) => (
          <SavedRoute key={route.id} route={route} />
        ))}
      </ul>
      <MoreButton list={list} text={more} said="" />
    </>
  );
}

const endsOf = ({ origin, destination }: SavedRouteSummary): string =>
  tripWords.route(origin.name, destination.name);

function SavedRoute({ route }: { readonly route: SavedRouteSummary }) {
  const { saved } = listWords;
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const [renaming, setRenaming] = useState(false);
  const path = `saved-routes/${encodeURIComponent(route.id)}`;
  const ends = endsOf(route);
  const name = route.name ?? ends;
  const search = searchPathOf({ ...route, date: formatDate(useToday()) });

  const use = (): void => {
    // Counted on the way: the search does not wait for it.
    callApi(`${path}/use`, { method: 'POST', keepalive: true }).then(
      () => client.invalidateQueries({ queryKey: savedRoutesQuery.queryKey }),
      () => undefined,
    );
    navigate(search);
  };
  const remove = (): void =>
    removeLater(client, { id: route.id, path, text: saved.removed(name), list: 'saved-routes' });
  const rename = async (next: string | null): Promise<void> => {
    const write = (text: string | null) => async (): Promise<void> => {
      await callApi(path, { method: 'PATCH', body: { name: text } });
      await client.invalidateQueries({ queryKey: savedRoutesQuery.queryKey });
    };
    if (!(await run(write(next)))) return;
    setRenaming(false);
    toast({ text: saved.renamed, undo: () => void run(write(route.name)) });
  };

  return (
    <li className="border-b border-rule bg-sheet px-4 py-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <div className="min-w-56 flex-1">
          <p className="font-semibold">{name}</p>
          <p className="text-sm text-soft">{factsOf(route, ends).join(' · ')}</p>
        </div>
        <p className="flex flex-wrap gap-2">
          <a
            className="button primary"
            href={search}
            onClick={(event) => {
              if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              use();
            }}
          >
            <Icon name="search" size={18} />
            {saved.run}
            <span className="sr-only">{name}</span>
          </a>
          <button type="button" className="button" onClick={() => setRenaming(true)}>
            {saved.rename}
            <span className="sr-only">{name}</span>
          </button>
          <button type="button" className="button" onClick={remove}>
            <Icon name="bin" size={18} />
            {saved.remove}
            <span className="sr-only">{name}</span>
          </button>
        </p>
      </div>
      {renaming ? (
        <Rename
          initial={route.name ?? ''}
          busy={busy}
          onSave={(next) => void rename(next)}
          onClose={() => setRenaming(false)}
        />
      ) : null}
    </li>
  );
}

function factsOf(route: SavedRouteSummary, ends: string): string[] {
  const { saved } = listWords;
  const stops = (route.stops ?? []).map(({ place }) => place.name);
  return [
    ...(route.name === null ? [] : [ends]),
    ...(stops.length === 0 ? [] : [saved.via(siteWords.units.and(stops))]),
    saved.used(route.timesUsed),
    ...(route.lastUsedAt === null ? [] : [saved.last(dayName(route.lastUsedAt))]),
  ];
}

interface RenameProps {
  readonly initial: string;
  readonly busy: boolean;
  readonly onSave: (name: string | null) => void;
  readonly onClose: () => void;
}

function Rename({ initial, busy, onSave, onClose }: RenameProps) {
  const id = useId();
  const { saved } = listWords;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    const text = typeof name === 'string' ? name.trim() : '';
    onSave(text === '' ? null : text);
  };
  return (
    <Dialog title={saved.renameTitle} onClose={onClose}>
      <form className="grid gap-4" onSubmit={submit}>
        <div>
          <label htmlFor={id} className="label">
            {saved.name}
          </label>
          <input
            id={id}
            name="name"
            className="field"
            maxLength={200}
            autoComplete="off"
            aria-describedby={`${id}-hint`}
            defaultValue={initial}
          />
          <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
            {saved.nameHint}
          </p>
        </div>
        <p>
          <button type="submit" className="button primary" disabled={busy}>
            {saved.save}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
