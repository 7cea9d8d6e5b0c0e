import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiError } from './api/client.ts';
import { sessionQuery, signedOut } from './api/session.ts';
import { Layout } from './components/Layout.tsx';
import { forgetUser } from './offline/kept.ts';
import { Router } from './router/Router.tsx';
import { useLanguage } from './words/language.ts';

const client = new QueryClient({
  queryCache: new QueryCache({ onError: noteSignedOut }),
  defaultOptions: {
    // The page says what failed and offers to try again; it neither hides failures nor waits for the network.
    queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false },
    mutations: { retry: false, networkMode: 'always', onError: noteSignedOut },
  },
});
/** A session that has ended is noticed by the first request that needs it. */
function noteSignedOut(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  client.setQueryData(sessionQuery.queryKey, signedOut);
  void forgetUser();
}

export function App() {
  useLanguage();
  return (
    <QueryClientProvider client={client}>
      <Layout>
        <Router />
      </Layout>
    </QueryClientProvider>
  );
}
