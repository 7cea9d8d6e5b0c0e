/** People who have one of everything that the API keeps, each text of theirs a mark that no other reply may show. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { unsubscribeToken } from '../../src/features/accounts/index.ts';
import { newId } from '../../src/units/ids.ts';
import type { Database } from '../../src/database/connect.ts';
import { archiveOldTrips } from '../../src/features/maintenance/index.ts';
import { planReminders } from '../../src/features/reminders/index.ts';
import { advanceTripStatuses } from '../../src/features/trips/index.ts';
import { moved } from '../http/examples.ts';
import { AUTH_SECRET } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';
import type { ApiDocument } from '../http/contract.ts';

/** One of everything that has an id or a secret address. */
export interface Things {
  readonly trip: string;
  readonly archived: string;
  readonly share: string;
  readonly shareToken: string;
  readonly calendar: string;
  readonly calendarFile: string;
  readonly saved: string;
  readonly session: string;
  readonly click: string;
  /** Of the link that stops reminders. */
  readonly stopToken: string;
}

export interface Person {
  readonly name: string;
  readonly userId: string;
  readonly email: string;
  readonly cookie: string;
  readonly things: Things;
  /** Key under which the trip was made. */
  readonly key: string;
  /** Of the answer that shows the trip. */
  readonly etag: string;
}

/** What nobody else may read: marks, ids, tokens. */
export const secretsOf = ({ name, userId, email, things }: Person): string[] => [
  mark(name),
  userId,
  email,
  ...Object.values(things),
];

const mark = (name: string): string => `mark-of-${name}`;

type Ask = (method: string, path: string, body?: object, key?: string) => Promise<Record<string, unknown>>;

export class World {
  readonly #app: Pick<OpenAPIHono, 'request'>;
  readonly #service: Database;
  readonly #document: ApiDocument;

  constructor(app: Pick<OpenAPIHono, 'request'>, service: Database, document: ApiDocument) {
    this.#app = app;
    this.#service = service;
    this.#document = document;
  }

  /** The body of the document's example, `POST /api/v1/trips`. */
  example(key: string): Record<string, unknown> {
    const [method = '', path = ''] = key.split(' ');
    const body = this.#document.paths[path]?.[method.toLowerCase()]?.requestBody;
    return moved(body?.content['application/json']?.example as Record<string, unknown>);
  }

  async person(name: string): Promise<Person> {
    const email = `${name}@example.org`;
    const { userId, cookie } = await signIn(this.#service, email);
    await signIn(this.#service, email); // a second session, which one may end
    const ask = this.#asking(cookie);
    await ask('PATCH', '/api/v1/me', {
      name: mark(name),
      traveller: { domicileState: mark(name) },
      analyticsConsent: true,
    });
    const { sessions } = await ask('GET', '/api/v1/me/sessions');
    const session = (sessions as { id: string; current: boolean }[]).find(({ current }) => !current)!.id;
    const key = `key-of-${name}`;
    const kept = await this.#keep(ask, name, key);
    const shown = await this.#app.request(`/api/v1/trips/${kept.trip}`, { headers: { cookie } });
    await this.plan();
    const stopToken = unsubscribeToken(userId, AUTH_SECRET);
    const things = { ...kept, session, archived: await this.#archived(ask, name), stopToken };
    return { name, userId, email, cookie, things, key, etag: shown.headers.get('etag')! };
  }

  /** Reminders of whoever's trips or wishes have changed. */
  async plan(): Promise<void> {
    await planReminders(this.#service, new Date());
  }

  /** A trip of long ago, which the jobs have archived. */
  async #archived(ask: Ask, name: string): Promise<string> {
    const { selectedRoute: _, ...trip } = { selectedRoute: null, ...tripOf(this, mark(name)) };
    const { id } = await ask('POST', '/api/v1/trips', { ...trip, date: '2024-03-05' });
    await advanceTripStatuses(this.#service, new Date('2024-06-01T00:00:00Z'));
    assert.equal((await archiveOldTrips(this.#service, 6)).archived, 1);
    return String(id);
  }

  #asking(cookie: string): Ask {
    return async (method, path, body, key) => {
      const request = {
        method,
        headers: {
          cookie,
          'sec-fetch-site': 'same-origin',
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      };
      let response = await this.#app.request(path, request);
      // A machine with much else to do: it was not done, and is asked for again.
      for (let tries = 1; response.status === 503 && tries < 20; tries++) {
        await sleep(500);
        response = await this.#app.request(path, request);
      }
      const text = await response.text();
      assert.ok(response.status < 300, `${method} ${path}: ${response.status} ${text}`);
      return JSON.parse(text) as Record<string, unknown>;
    };
  }

  async #keep(
    ask: Ask,
    name: string,
    key: string,
  ): Promise<Omit<Things, 'session' | 'archived' | 'stopToken'>> {
    const own = mark(name);
    const trip = String((await ask('POST', '/api/v1/trips', tripOf(this, own), key))['id']);
    const path = `/api/v1/trips/${trip}`;
    await ask('PUT', `${path}/legs/0/booking`, { platform: own, bookingRef: own, cost: 33_500 });
    const share = await ask('POST', `${path}/share`, {});
    const calendar = await ask('POST', '/api/v1/calendars', undefined);
    const saved = await ask('POST', '/api/v1/saved-routes', {
      ...this.example('POST /api/v1/saved-routes'),
      name: own,
    });
    const click = await ask('POST', '/api/v1/clicks', {
      ...this.example('POST /api/v1/clicks'),
      tripId: trip,
    });
    return {
      trip,
      share: String(share['id']),
      shareToken: String(share['url']).split('/').at(-1)!,
      calendar: String(calendar['id']),
      calendarFile: String(calendar['url']).split('/').at(-1)!,
      saved: String(saved['id']),
      click: String(click['clickId']),
    };
  }
}

/** The document's trip with a mark of its owner in a place that nobody else reads. */
const tripOf = (world: World, own: string): object => {
  const example = world.example('POST /api/v1/trips');
  const origin = example['origin'] as object;
  return { ...example, origin: { ...origin, displayName: own } };
};

/** Ids of the right form that nobody has. */
export const absentThings = (): Things => ({
  trip: newId(),
  archived: newId(),
  share: newId(),
  shareToken: 'A'.repeat(43),
  calendar: newId(),
  calendarFile: `${'A'.repeat(43)}.ics`,
  saved: newId(),
  session: newId(),
  click: newId().slice(0, 1) + 'A'.repeat(23),
  stopToken: `${newId()}.${'A'.repeat(43)}`,
});
