import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostileAddresses } from '../../../test/support/hostileAddresses.ts';
import type { BookableLeg } from './contract.ts';
import { addressOf } from './createClick.ts';
import { handOffs } from './handOff.ts';
import { fillTemplate, linkValues, slug, withSubId, writeDate } from './linkTemplate.ts';
import { allowedAddress, platforms } from './platforms.ts';

const place = (name: string, code: string | null, city: string | null = name): BookableLeg['from'] => ({
  name,
  code,
  city,
  stopId: code,
  lat: 28.64241,
  lng: 77.2206,
  zone: 'Asia/Kolkata',
});
const leg = (mode: BookableLeg['mode'], from: BookableLeg['from'], to: BookableLeg['to']): BookableLeg => ({
  mode,
  from,
  to: { ...to, lat: 12.97841, lng: 77.5694 },
  departure: '2026-12-05T21:15+05:30',
  arrival: '2026-12-07T06:40+05:30',
  line: {
    id: '12628',
    name: '12628 Karnataka Express',
    number: '12628',
    operator: null,
    headsign: null,
    color: null,
  },
  run: { id: '12628', serviceDate: '2026-12-05' },
});
const train = leg('train', place('New Delhi', 'NDLS', 'Delhi'), place('KSR Bengaluru', 'SBC', 'Bengaluru'));
const bus = leg(
  'bus',
  place('Kashmere Gate ISBT', 'BS-DELHI', 'Delhi'),
  place('Sindhi Camp', 'BS-JAIPUR', 'Sawai Madhopur'),
);
const flight = leg('flight', place('Delhi airport', 'DEL'), place('Bengaluru airport', 'BLR'));
const taxi = leg('taxi', place('Sector 18, Noida', null), place('Delhi airport & T3', 'DEL'));

/** The exact form of every row of platforms.csv. */
const forms: Readonly<Record<string, readonly [BookableLeg, string]>> = {
  irctc: [train, 'https://www.irctc.co.in/nget/train-search'],
  confirmtkt: [train, 'https://www.confirmtkt.com/rbooking/trains/from/NDLS/to/SBC/05-12-2026'],
  'ixigo-trains': [train, 'https://www.ixigo.com/search/result/train/NDLS/SBC/05122026//2/0/0/0/ALL'],
  'paytm-trains': [train, 'https://tickets.paytm.com/trains/searchTrains/NDLS/SBC/20261205'],
  railyatri: [train, 'https://www.railyatri.in/trains-between-stations'],
  redbus: [bus, 'https://www.redbus.in/bus-tickets/delhi-to-sawai-madhopur?onward=05-Dec-2026'],
  abhibus: [bus, 'https://www.abhibus.com/'],
  'ixigo-flights': [
    flight,
    'https://www.ixigo.com/search/result/flight?from=DEL&to=BLR&date=05122026&adults=2&children=0&infants=0&class=e',
  ],
  makemytrip: [
    flight,
    'https://www.makemytrip.com/flight/search?itinerary=DEL-BLR-05/12/2026&tripType=O&paxType=A-2_C-0_I-0&intl=false&cabinClass=E',
  ],
  goibibo: [flight, 'https://www.goibibo.com/flights/air-DEL-BLR-20261205--2-0-0-E-D/'],
  cleartrip: [
    flight,
    'https://www.cleartrip.com/flights/results?from=DEL&to=BLR&depart_date=05/12/2026&adults=2&childs=0&infants=0&class=Economy&intl=n',
  ],
  skyscanner: [
    flight,
    'https://www.skyscanner.co.in/transport/flights/del/blr/261205/?adultsv2=2&cabinclass=economy&currency=INR',
  ],
  'google-flights': [
    flight,
    'https://www.google.com/travel/flights?q=Flights%20from%20DEL%20to%20BLR%20on%202026-12-05%20one%20way',
  ],
  easemytrip: [flight, 'https://www.easemytrip.com/'],
  uber: [
    taxi,
    'https://m.uber.com/ul/?action=setPickup&pickup[latitude]=28.64241&pickup[longitude]=77.22060&pickup[nickname]=Sector%2018%2C%20Noida&dropoff[latitude]=12.97841&dropoff[longitude]=77.56940&dropoff[nickname]=Delhi%20airport%20%26%20T3&dropoff[formatted_address]=Delhi%20airport%20%26%20T3'.replaceAll(
      /[[\]]/g,
      encodeURIComponent,
    ),
  ],
  ola: [
    taxi,
    'https://book.olacabs.com/?serviceType=p2p&lat=28.64241&lng=77.22060&pickup_name=Sector%2018%2C%20Noida&drop_lat=12.97841&drop_lng=77.56940&drop_name=Delhi%20airport%20%26%20T3',
  ],
  rapido: [taxi, 'https://www.rapido.bike/'],
  'namma-yatri': [taxi, 'https://nammayatri.in/'],
  'google-maps': [
    { ...train, mode: 'metro' },
    'https://www.google.com/maps/dir/?api=1&origin=28.64241,77.22060&destination=12.97841,77.56940&travelmode=transit',
  ],
};

describe('links to platforms', () => {
  for (const platform of platforms())
    test(`${platform.id}: the exact form`, () => {
      const form = forms[platform.id];
      assert.ok(form, 'a row of platforms.csv without a form in this test');
      const [asked, url] = form;
      const filled = platform.url === '' ? platform.home : fillTemplate(platform.url, linkValues(asked, 2));
      assert.equal(filled, url);
      assert.equal(allowedAddress(url), url);
      assert.equal(allowedAddress(platform.home), platform.home);
    });
  test('two to four platforms for what is sold in advance, none for a walk', () => {
    for (const asked of [train, bus, flight, taxi, { ...taxi, mode: 'auto' as const }]) {
      const found = handOffs(asked, 2);
      assert.ok(found.length >= 2 && found.length <= 4, `${asked.mode}: ${found.length}`);
      assert.ok(found.every(({ url }) => allowedAddress(url) === url));
    }
    assert.deepEqual(handOffs({ ...taxi, mode: 'walk' }, 1), []);
  });
  test('IRCTC takes no values: the traveller copies them', () => {
    assert.equal(
      handOffs(train, 2)[0]?.copy,
      'From New Delhi (NDLS)\nTo KSR Bengaluru (SBC)\nOn Sat 5 Dec 2026, 21:15\nTrain 12628 Karnataka Express\n2 passengers',
    );
  });
  test('a place without a code opens the platform’s own page, never one half filled in', () => {
    const [, confirmtkt] = handOffs({ ...train, from: place('Noida', null) }, 1);
    assert.equal(confirmtkt?.filledIn, false);
    assert.equal(confirmtkt?.url, 'https://www.confirmtkt.com/');
    assert.equal(
      fillTemplate('https://x/{from.slug}', linkValues({ ...bus, from: place('दिल्ली', null) }, 1)),
      null,
    );
  });
  test('a name too long for an address opens the platform’s own page', () => {
    for (const offer of handOffs({ ...taxi, from: place('x'.repeat(2000), null) }, 1))
      assert.deepEqual([offer.filledIn, new URL(offer.url).search], [false, ''], offer.platform);
  });
  test('a hostile code, name or city stays a value', () => {
    const name = 'x&dropoff[nickname]=Evil#@evil.example/../?a=b';
    const [uber] = handOffs({ ...taxi, from: place(name, '../../evil', name) }, 1);
    const url = new URL(uber!.url);
    assert.equal(url.hostname, 'm.uber.com');
    assert.equal(url.searchParams.get('pickup[nickname]'), name);
    assert.equal(url.searchParams.getAll('dropoff[nickname]').length, 1);
    const [redbus] = handOffs({ ...bus, from: place(name, null, 'Evil@evil.example/%2e%2e') }, 1);
    assert.equal(
      redbus?.url,
      'https://www.redbus.in/bus-tickets/evil-evil-example-2e-2e-to-sawai-madhopur?onward=05-Dec-2026',
    );
  });
  test('dates and slugs', () => {
    assert.equal(writeDate('2026-01-09', 'DD-Mon-YYYY'), '09-Jan-2026');
    assert.equal(slug('Thiruvananthapuram (Trivandrum)'), 'thiruvananthapuram-trivandrum');
    assert.equal(slug('बेंगलुरु'), undefined);
  });
});

describe('sub-ids', () => {
  const offer = handOffs(flight, 2)[0]!;
  const planted = [{ id: offer.platform, sub_id_param: 'subid' }];
  test('no platform has a parameter for one yet: its links stay as they are', () => {
    for (const asked of [train, bus, flight, taxi])
      for (const one of handOffs(asked, 2)) assert.equal(addressOf(one), one.url);
  });
  test('where a row names a parameter, the link carries a new random word, and nothing else changes', () => {
    const links = Array.from({ length: 1000 }, () => addressOf(offer, planted));
    const words = links.map((link) => new URL(link).searchParams.get('subid') ?? '');
    assert.ok(words.every((word) => /^[\w-]{24}$/.test(word)));
    assert.equal(new Set(words).size, links.length);
    links.forEach((link, i) => assert.equal(link.replace(`&subid=${words[i]}`, ''), offer.url));
  });
  test('it stands before a fragment, and its value cannot end it', () => {
    assert.equal(withSubId('https://x/', 's', 'a'), 'https://x/?s=a');
    assert.equal(withSubId('https://x/?a[b]=1/2', 's', 'a'), 'https://x/?a[b]=1/2&s=a');
    assert.equal(withSubId('https://x/#?top', 's', 'a'), 'https://x/?s=a#?top');
    assert.equal(withSubId('https://x/?q=1#top', 's', 'a&b=c#d'), 'https://x/?q=1&s=a%26b%3Dc%23d#top');
  });
  test('a link outside the list is not made', () => {
    const outside = { platform: offer.platform, url: 'https://evil.example/' };
    assert.throws(() => addressOf(outside, planted), { code: 'INTERNAL' });
  });
});

const good = 'https://www.ixigo.com/trains';
const hostile = hostileAddresses('www.ixigo.com');

describe('the list of hosts', () => {
  test('lets its own addresses through', () => assert.equal(allowedAddress(good), good));
  test(`${hostile.length} hostile shapes: none passes`, () => {
    assert.ok(hostile.length >= 60);
    for (const text of hostile) assert.equal(allowedAddress(text), null, JSON.stringify(text));
  });
});
