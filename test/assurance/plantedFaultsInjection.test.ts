/** F13: what keeps addresses, names and formulas of others from doing anything here. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const redirects = 'test/assurance/injectionRedirects.test.ts';
const ssrf = 'test/assurance/injectionSsrf.test.ts';

const faults: readonly Fault[] = [
  {
    what: 'an address in figures is not looked at, since nobody resolves it',
    file: 'src/outbound/guardedGet.ts',
    find: 'if (isIP(bare) !== 0 && ',
    put: 'if (isIP(bare) > 9 && ',
    redIn: ssrf,
    red: 'written shapes: none is connected to',
  },
  {
    what: 'a tunnel carries any IPv4 address',
    file: 'src/outbound/publicAddress.ts',
    find: "  ['2002::', 16],\n",
    put: '',
    redIn: ssrf,
    red: 'written shapes: none is connected to',
  },
  {
    what: 'only the first address of a name is checked',
    file: 'src/outbound/publicAddress.ts',
    find: 'addresses.find(({ address }) => !allows(address))',
    put: 'addresses.slice(0, 1).find(({ address }) => !allows(address))',
    redIn: ssrf,
    red: 'names that lead inside: none is connected to',
  },
  {
    what: 'a name is checked by one lookup and connected to by another',
    file: 'src/outbound/publicAddress.ts',
    find: 'return options.all ? callback(null, addresses) : callback(null, first.address, first.family);',
    put: 'return resolve(host, { ...options, all: true }, (_, again) => callback(null, again));',
    redIn: ssrf,
    red: 'a name that changes its meaning after it was checked: the address that was checked is connected to',
  },
  {
    what: 'an address with a zone is asked about as one without',
    file: 'src/outbound/publicAddress.ts',
    find: "if (isIP(address) === 0 || address.includes('%')) return false;",
    put: "address = address.replace(/%.*/, '');\n  if (isIP(address) === 0) return false;",
    redIn: ssrf,
    red: 'a resolver that answers what is no address, or one with a zone, is not believed',
  },
  {
    what: 'a page to return to begins with two slashes once its dots are gone',
    file: 'src/http/session/returnTo.ts',
    find: '/^\\/([/\\\\]|(auth',
    put: '/^\\/((auth',
    redIn: redirects,
    red: 'asked for, mailed, confirmed: by form',
  },
  {
    what: 'the form says where to go',
    file: 'src/http/session/signInRoutes.ts',
    find: "return c.redirect(ownPage(fields.get('returnTo')), 303);",
    put: "return c.redirect(fields.get('returnTo') ?? '/', 303);",
    redIn: redirects,
    red: 'asked for, mailed, confirmed: by form',
  },
  {
    what: 'the cookie says where to go after a provider',
    file: 'src/http/session/providers.ts',
    find: "location?.startsWith(`${origin}/`) ? ownPage(location.slice(origin.length)) : '/'",
    put: "location ?? '/'",
    redIn: redirects,
    red: 'by a provider: on the way there, in the cookie, on the way back',
  },
  {
    what: 'the link in a mail leads to the host that was asked',
    file: 'src/http/session/ownOrigin.ts',
    find: 'if (publicUrl !== undefined) return new URL(publicUrl).origin;',
    put: 'if (publicUrl !== undefined) return new URL(request.url).origin;',
    redIn: redirects,
    red: 'a host that is not ours is in no link',
  },
  {
    what: 'what stands in the database is followed',
    file: 'src/features/booking/createClick.ts',
    find: 'const address = allowedAddress(await bookingClickAddress(service, clickId));',
    put: 'const address = await bookingClickAddress(service, clickId);',
    redIn: redirects,
    red: 'stored by whatever fault: not followed',
  },
  {
    what: 'the first page sends on to where its address says',
    file: 'src/http/page.ts',
    find: '    const { method, path } = c.req;\n',
    put: "    const { method, path } = c.req;\n    if (c.req.query('next')) return c.redirect(c.req.query('next')!);\n",
    redIn: redirects,
    red: 'no other operation sends anywhere, whatever is asked of it',
  },
];

plantFaults(['src', 'data', 'prisma', 'prisma.config.ts', 'test'], faults);
