/** Sends the probes of `idorProbes.ts` as several people, and notes every reply that tells of what is another's. */
import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import { type ApiDocument, Contract, type Operation, type Reply } from '../http/contract.ts';
import { moved } from '../http/examples.ts';
import {
  type Asked,
  type Disguise,
  disguisesFor,
  isForAdministrators,
  type Probe,
  probes,
} from './idorProbes.ts';
import { absentThings, type Person, secretsOf, type Things, type World } from './idorWorld.ts';
import { stateOf } from './userState.ts';

type Owned = Extract<Probe, { kind: 'owned' }>;

/** Who asks; without a person: nobody who is signed in. */
export interface Principal {
  readonly name: string;
  readonly person?: Person;
}

export interface DrillOptions {
  readonly send: (asked: Asked) => Promise<Response>;
  readonly document: ApiDocument;
  readonly world: World;
  /** The database's owner, who sees every row. */
  readonly owner: pg.ClientBase;
  readonly victims: readonly Person[];
  /** Another user, an administrator, nobody. */
  readonly strangers: readonly Principal[];
  readonly administrator: Principal;
}

export class IdorDrill {
  readonly #options: DrillOptions;
  readonly #contract: Contract;
  readonly faults: string[] = [];
  /** Requests sent. */
  probes = 0;

  constructor(options: DrillOptions) {
    this.#options = options;
    this.#contract = new Contract(options.document);
  }

  get keys(): string[] {
    return this.#contract.operations.map(({ method, path }) => `${method} ${path}`);
  }

  /** Every route, or those that are named. */
  async run(keys: readonly string[] = this.keys): Promise<void> {
    for (const key of keys) {
      const probe = probes[key];
      if (isForAdministrators(pathOf(key))) await this.#forAdministrators(key);
      else if (probe?.kind === 'owned') await this.#owned(key, probe);
      else if (probe?.kind === 'own') await this.#own(key, probe);
      else if (probe?.kind === 'bearer') await this.#bearer(key, probe);
      else if (probe) await this.#public(key, probe);
    }
  }

  /** Milliseconds of answers to another's id and to one that nobody has, asked by turns. */
  async times(key: string, pairs: number): Promise<{ foreign: number[]; absent: number[] }> {
    const probe = probes[key] as Owned;
    const { victims, strangers } = this.#options;
    const asked = this.#request(key);
    const [foreign, absent]: [number[], number[]] = [[], []];
    const once = async (things: Things, into: number[]): Promise<void> => {
      const request = as(withThings(asked, probe, things), strangers[0]!);
      const start = performance.now();
      const response = await this.#options.send(request);
      await response.arrayBuffer();
      into.push(performance.now() - start);
    };
    for (let pair = 0; pair < pairs; pair++) {
      const turns = [
        () => once(victims[pair % victims.length]!.things, foreign),
        () => once(absentThings(), absent),
      ];
      for (const turn of Math.random() < 0.5 ? turns : turns.toReversed()) await turn();
    }
    return { foreign, absent };
  }

  /** What is somebody else's is told from what nobody has by nothing, and stays as it is. */
  async #owned(key: string, probe: Owned): Promise<void> {
    await this.#askAsOwner(key, probe);
    const { victims, strangers } = this.#options;
    const before = await this.#state();
    for (const victim of victims)
      for (const stranger of strangers)
        for (const [name, disguise] of disguisesFor(stranger.person !== undefined)) {
          const what = `${key} by ${stranger.name}, ${name}`;
          const status = await this.#twins(what, key, probe, victim, stranger, disguise);
          const wanted = stranger.person ? 404 : (probe.nobody ?? 401);
          if (name === 'none' && status !== wanted) this.faults.push(`${what}: ${status}, not ${wanted}`);
        }
    await this.#sameAs(before, key);
  }

  /** The request is one that works for its owner: else a refusal would prove nothing. */
  async #askAsOwner(key: string, probe: Owned): Promise<void> {
    const owner = await this.#options.world.person(`owner${this.probes}`);
    const own = { name: 'the owner', person: owner };
    if (probe.after) await this.#ask(filled(this.#request(probe.after), probe.ids(owner.things)), own, key);
    const { status, body } = await this.#ask(withThings(this.#request(key), probe, owner.things), own, key);
    if (status >= 400) this.faults.push(`${key}: its owner is answered ${status} ${body}`);
  }

  /** The same request for a foreign id and for an absent one; answers the status of the foreign. */
  async #twins(
    what: string,
    key: string,
    probe: Owned,
    victim: Person,
    stranger: Principal,
    disguise: Disguise,
  ): Promise<number> {
    const twins: [Things, Things][] = [[victim.things, absentThings()]];
    // What lies in the archive is read by the same address.
    if (what.endsWith(', none') && probe.ids(victim.things)['id'] === victim.things.trip)
      twins.push([{ ...victim.things, trip: victim.things.archived }, absentThings()]);
    // One's own trip does not lead to what hangs on another's.
    if (stranger.person && 'shareId' in probe.ids(victim.things)) {
      const { trip } = stranger.person.things;
      twins.push([
        { ...victim.things, trip },
        { ...absentThings(), trip },
      ]);
    }
    let status = 0;
    for (const things of twins) {
      const replies: Reply[] = [];
      for (const one of things)
        replies.push(
          await this.#ask(disguise(withThings(this.#request(key), probe, one), victim), stranger, what),
        );
      const ids = things.flatMap((one) => idsOf(probe, one));
      const [foreign, absent] = replies.map((reply) => normal(reply, ids));
      if (foreign !== absent) this.faults.push(`${what}: ${foreign} is not ${absent}`);
      ({ status } = replies[0]!);
      if (status < 400 && replies[0]!.method !== 'OPTIONS') this.faults.push(`${what}: ${status}`);
    }
    return status;
  }

  /** One's own things have nothing of others in them, and nobody has any. */
  async #own(key: string, probe: Extract<Probe, { kind: 'own' }>): Promise<void> {
    const { victims, strangers, world } = this.#options;
    const before = await this.#state();
    for (const victim of victims)
      for (const stranger of strangers)
        for (const [name, disguise] of disguisesFor(false)) {
          const what = `${key} by ${stranger.name}, ${name}`;
          const spent = probe.spends && stranger.person;
          const person = spent ? await world.person(`spent${this.probes}`) : stranger.person;
          const principal = { name: stranger.name, ...(person ? { person } : {}) };
          const { status } = await this.#ask(disguise(this.#request(key), victim), principal, what);
          const refused = status === (probe.nobody ?? 401);
          if (name === 'none' && (stranger.person ? status >= 400 : !refused))
            this.faults.push(`${what}: ${status}`);
        }
    await this.#sameAs(before, key);
  }

  /** A secret address shows what it is for and no more; any other is none, whoever asks. */
  async #bearer(key: string, probe: Extract<Probe, { kind: 'bearer' }>): Promise<void> {
    const { victims, strangers, world } = this.#options;
    for (const victim of victims)
      for (const stranger of strangers) {
        const what = `${key} by ${stranger.name}`;
        const at = (ids: Readonly<Record<string, string>>) => filled(this.#request(key), ids);
        const right = await this.#ask(at(probe.ids(victim.things)), stranger, what);
        if (right.status >= 400) this.faults.push(`${what}: the right address is answered ${right.status}`);
        const wrong = [absentThings(), { ...absentThings(), ...swapped(victim.things) }];
        const told: string[] = [];
        for (const things of wrong)
          for (const [name, disguise] of disguisesFor(false)) {
            const asked = disguise(at(probe.ids(things)), victim);
            const reply = await this.#ask(asked, stranger, `${what}, ${name}`);
            if (reply.status < 400 && reply.method !== 'OPTIONS')
              this.faults.push(`${what}, ${name}: a wrong address is answered ${reply.status}`);
            if (name === 'none') told.push(normal(reply, idsOf(probe, things)));
          }
        if (new Set(told).size > 1) this.faults.push(`${what}: ${told.join(' is not ')}`);
      }
    // The link that stops reminders has done so for the victim; no later request is to be blamed for it.
    await world.plan();
  }

  async #public(key: string, { ids = {} }: Extract<Probe, { kind: 'public' }>): Promise<void> {
    const { victims, strangers } = this.#options;
    for (const victim of victims)
      for (const stranger of strangers)
        for (const [name, disguise] of disguisesFor(false))
          await this.#ask(
            disguise(filled(this.#request(key), ids), victim),
            stranger,
            `${key} by ${stranger.name}, ${name}`,
          );
  }

  /** Shut to everybody else before anything is looked at: no id is told from another. */
  async #forAdministrators(key: string): Promise<void> {
    const { victims, strangers, administrator } = this.#options;
    const names = [...pathOf(key).matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const before = await this.#state();
    for (const victim of victims)
      for (const stranger of strangers.filter((one) => one !== administrator))
        for (const [name, disguise] of disguisesFor(false)) {
          const what = `${key} by ${stranger.name}, ${name}`;
          const ids = [...Object.values(victim.things), 'active', absentThings().trip].slice(
            names.length ? 0 : -1,
          );
          const told = new Set<string>();
          for (const id of ids) {
            const asked = filled(this.#request(key), Object.fromEntries(names.map((one) => [one, id])));
            const reply = await this.#ask(disguise(asked, victim), stranger, what);
            told.add(normal(reply, ids));
            const wanted = stranger.person ? 403 : 401;
            if (name === 'none' && reply.status !== wanted) this.faults.push(`${what}: ${reply.status}`);
            if (reply.status < 400 && reply.method !== 'OPTIONS')
              this.faults.push(`${what}: ${reply.status}`);
          }
          if (told.size > 1) this.faults.push(`${what}: ${[...told].join(' is not ')}`);
        }
    await this.#sameAs(before, key);
    if (!key.startsWith('GET ')) return;
    const ids = Object.fromEntries(names.map((one) => [one, absentThings().trip]));
    const { status } = await this.#ask(filled(this.#request(key), ids), administrator, key);
    if (status === 401 || status === 403) this.faults.push(`${key}: shut to administrators (${status})`);
  }

  /** Sends it, and has the reply judged by the document and searched for what is somebody else's. */
  async #ask(asked: Asked, principal: Principal, what: string): Promise<Reply> {
    const request = as(asked, principal);
    this.probes++;
    const response = await this.#options.send(request);
    const reply: Reply = {
      method: request.method,
      path: request.path.split('?')[0]!,
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
    const fault = this.#contract.fault(reply);
    if (fault) this.faults.push(`${what}: ${fault}`);
    // What a request says itself is no news to who sent it.
    const [said, told] = [JSON.stringify(request), `${JSON.stringify(reply.headers)} ${reply.body}`];
    for (const victim of this.#options.victims)
      for (const secret of secretsOf(victim))
        if (told.includes(secret) && !said.includes(secret) && !isShown(what, secret, victim))
          this.faults.push(`${what}: tells ${secret}: ${told.slice(0, 300)}`);
    return reply;
  }

  #request(key: string): Asked {
    const found = this.#contract.operations.find(({ method, path }) => `${method} ${path}` === key);
    return requestFor(key, found!.operation);
  }

  #state = (): Promise<string> =>
    stateOf(
      this.#options.owner,
      this.#options.victims.map(({ userId }) => userId),
    );

  async #sameAs(before: string, key: string): Promise<void> {
    const after = await this.#state();
    if (after !== before) this.faults.push(`${key}: changed what is another’s: ${before} → ${after}`);
  }
}

const pathOf = (key: string): string => key.split(' ')[1]!;

/** The document's example of a route, its ids still to be filled in. */
export function requestFor(key: string, operation: Operation): Asked {
  const [method = '', path = ''] = key.split(' ');
  const query = new URLSearchParams();
  for (const { name, in: where, example } of operation.parameters ?? [])
    if (where === 'query' && example !== undefined) query.set(name, asText(example));
  const example = operation.requestBody?.content['application/json']?.example;
  return {
    method,
    path: query.size > 0 ? `${path}?${query}` : path,
    headers: { 'sec-fetch-site': 'same-origin', ...(example ? { 'content-type': 'application/json' } : {}) },
    ...(example ? { body: moved(example) } : {}),
  };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const filled = (asked: Asked, ids: Readonly<Record<string, string>>): Asked => ({
  ...asked,
  path: asked.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole),
});

/** The request with the ids of things in its address and body. */
export const withThings = (
  asked: Asked,
  { ids, body }: Pick<Owned, 'ids' | 'body'>,
  things: Things,
): Asked => ({
  ...filled(asked, ids(things)),
  ...(asked.body ? { body: { ...asked.body, ...body?.(things) } } : {}),
});

function as(asked: Asked, { person }: Principal): Asked {
  const cookie = [person?.cookie, asked.headers['cookie']].filter(Boolean).join('; ');
  return cookie === '' ? asked : { ...asked, headers: { ...asked.headers, cookie } };
}

/** Without what differs from answer to answer, and with one word for every id. */
function normal({ status, headers, body }: Reply, ids: readonly string[]): string {
  const { 'x-request-id': _, ...rest } = headers;
  let text = body.replaceAll(/"requestId":"[^"]*"/g, '');
  for (const id of ids) text = text.replaceAll(new RegExp(id, 'gi'), '<id>');
  return JSON.stringify([status, rest, text]);
}

const idsOf = (probe: Extract<Probe, { kind: 'owned' | 'bearer' }>, things: Things): string[] =>
  [...Object.values(probe.ids(things)), things.trip, things.archived].filter((id) => id.length > 8);

/** Secrets of one kind where those of another belong. */
const swapped = ({ shareToken, calendarFile, trip, stopToken }: Things): Partial<Things> => ({
  shareToken: calendarFile.replace('.ics', ''),
  calendarFile: `${shareToken}.ics`,
  click: trip,
  // The user is right, and who signed is not.
  stopToken: stopToken.replace(/\..*/, `.${'A'.repeat(43)}`),
});

/** The feed names its events by the ids of their trip and legs. */
const isShown = (what: string, secret: string, { things }: Person): boolean =>
  what.startsWith('GET /calendar/') && secret === things.trip;
