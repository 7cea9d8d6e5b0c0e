import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createApp, type HttpServices } from '../../src/http/app.ts';
import type { SignInServices } from '../../src/http/session/signInRoutes.ts';

const unused = (): never => {
  throw new Error('the description calls no service');
};

/** `openapi.json` at the top of the repository: the whole API, as `/api/v1/openapi.json` serves it. */
export async function openApiGolden(): Promise<string> {
  const manifest = path.resolve(import.meta.dirname, '../../package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const callers = { signedIn: unused, caller: unused, admin: unused, recentAdmin: unused };
  const services = {
    callers,
    signIn: { callers, providers: null } as unknown as SignInServices,
    places: unused,
    network: unused,
    search: unused,
    planB: unused,
    replanRide: unused,
    now: () => 0,
    sharedTrip: unused,
    calendarFeed: unused,
    createClick: unused,
    clickTarget: unused,
    recordOutcome: unused,
    ready: unused,
    consented: unused,
    updateProfile: unused,
    exportUser: unused,
    eraseUser: unused,
    operator: {} as HttpServices['operator'],
    mails: false,
    unsubscribeLanguage: unused,
    unsubscribe: unused,
  };
  const app = createApp({ version, ...services, log: unused });
  const response = await app.request('/api/v1/openapi.json');
  return `${JSON.stringify(await response.json(), null, 2)}\n`;
}
