/** The whole application with an administrator and a user, for the tests of the operator's routes. */
import assert from 'node:assert/strict';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { type SignedInUser, signIn } from '../support/signIn.ts';
import { type ApiDocument, Contract } from './contract.ts';

export const ADMIN = '/api/v1/admin';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- judged by the contract
  readonly body: any;
}

export interface Access {
  readonly kind: string;
  readonly path: string;
  readonly details: object;
  readonly user_id: string;
  readonly request_id: string;
}

export class OperatorSite {
  readonly opened: TestApp;
  readonly services: HttpServices;
  readonly app: ReturnType<typeof createApp>;
  readonly #contract: Contract;
  /** The administrator; signs in again in some tests. */
  boss: SignedInUser;
  readonly asha: SignedInUser;

  private constructor(
    opened: TestApp,
    services: HttpServices,
    app: ReturnType<typeof createApp>,
    contract: Contract,
    users: readonly [boss: SignedInUser, asha: SignedInUser],
  ) {
    this.opened = opened;
    this.services = services;
    this.app = app;
    this.#contract = contract;
    [this.boss, this.asha] = users;
  }

  static async open(): Promise<OperatorSite> {
    const opened = await openTestApp({ ADMIN_EMAILS: 'boss@example.org' });
    const { limits: _, ...services } = opened.services;
    const app = createApp(services);
    const document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument;
    const boss = await signIn(opened.db.service, 'boss@example.org');
    const asha = await signIn(opened.db.service, 'asha@example.org');
    return new OperatorSite(opened, services, app, new Contract(document), [boss, asha]);
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  /** The operator's operations in the document. */
  get operations(): Contract['operations'] {
    return this.#contract.operations.filter(({ path }) => path.startsWith(`${ADMIN}/`));
  }

  /** Sends a request, as the administrator by default, and has the reply judged by the document. */
  async ask(
    method: string,
    path: string,
    by: SignedInUser | null = this.boss,
    body?: unknown,
  ): Promise<Answer> {
    const response = await this.app.request(`${ADMIN}${path}`, {
      method,
      headers: { ...by?.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    const reply = {
      method,
      path: `${ADMIN}${path.split('?')[0]!}`,
      status,
      headers: Object.fromEntries(headers),
      body: text,
    };
    assert.equal(this.#contract.fault(reply), null, `${method} ${path} → ${status} ${text.slice(0, 300)}`);
    const json = text !== '' && /json/.test(headers.get('content-type') ?? '');
    return { status, headers, text, body: json ? JSON.parse(text) : null };
  }

  /** Asks for what must be refused with this status and code. */
  async refused(
    method: string,
    path: string,
    status: number,
    code: string,
    by?: SignedInUser | null,
    body?: unknown,
  ): Promise<Answer> {
    const answer = await this.ask(method, path, by, body);
    assert.deepEqual([answer.status, answer.body.code], [status, code], `${method} ${path}`);
    return answer;
  }

  async run(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.opened.db.service.query({ text, values })).rows;
  }

  /** What is noted of administrators, in order. */
  async accesses(): Promise<Access[]> {
    const noted = 'SELECT kind, path, details, user_id, request_id FROM admin_accesses ORDER BY at, id';
    return (await this.run(noted)) as unknown as Access[];
  }
}
