/** The tests and drills of running and stopping see the faults that they are there for (see `plantedFaults.test.ts`). */
import { type Fault, plantFaults } from './faultPlanting.ts';

const faults: readonly Fault[] = [
  {
    what: 'idle connections are closed at once, with the requests that are on their way',
    file: 'src/http/drain.ts',
    find: 'NetServer.prototype.close.call(this.#server, () => resolve());',
    put: 'this.#server.close(() => resolve());',
    redIn: 'src/http/server.test.ts',
    red: 'while it stops, a connection that is kept open gets one more answer, and nobody else is let in',
  },
  {
    what: 'nobody is told to close, so connections are closed under their clients',
    file: 'src/http/drain.ts',
    find: "if (this.#draining) response.setHeader('Connection', 'close');",
    put: '',
    redIn: 'test/assurance/shutdown.test.ts',
    red: 'F16 20 times SIGTERM under 100 requests a second',
  },
  {
    what: 'the figures that wait are not written at the end',
    file: 'src/main.ts',
    find: 'await Promise.all([cache.close(), analytics.close()]);',
    put: 'await cache.close();',
    redIn: 'test/assurance/shutdown.test.ts',
    red: 'F16 20 times SIGTERM under 100 requests a second',
  },
  {
    what: 'requests wait for the database as long as it likes',
    file: 'src/http/middleware/databaseBudget.ts',
    find: 'const USUAL_MS = 2500;',
    put: 'const USUAL_MS = 25_000;',
    redIn: 'test/assurance/faults.test.ts',
    red: 'F11 blackhole: everybody is answered in time, and it passes',
  },
  {
    what: 'a lost connection is waited for until the system gives it up',
    file: 'src/database/boundedPool.ts',
    find: 'const query_timeout = Math.max(LEAST_MS, Math.ceil(budget.leftMs));',
    put: 'const query_timeout = 0;',
    redIn: 'test/assurance/faults.test.ts',
    red: 'F11 blackhole: everybody is answered in time, and it passes',
  },
  {
    what: 'a server that was away once is never asked again',
    file: 'src/database/reconnect.ts',
    find: 'if (this.#trying || this.waitMs > 0) return false;',
    put: 'if (this.#failures > 0) return false;',
    redIn: 'test/assurance/faults.test.ts',
    red: 'F11 down: everybody is answered in time, and it passes',
  },
  {
    what: 'a metric is renamed, and the dashboard goes on asking for the old name',
    file: 'src/http/metrics/metrics.ts',
    find: "'search_pool_refused_total'",
    put: "'search_refused_total'",
    redIn: 'src/http/metrics/metrics.test.ts',
    red: 'the dashboard and the alerts name nothing that there is not',
  },
  {
    what: 'a route is told by its address',
    file: 'src/http/middleware/observeRequests.ts',
    find: 'if (route) return route.path;',
    put: 'if (route) return c.req.path;',
    redIn: 'src/http/metrics/metrics.test.ts',
    red: 'a request is told by its pattern, also when it was refused, and by nothing else of its address',
  },
];

plantFaults(['src', 'test', 'data', 'prisma', 'ops'], faults);
