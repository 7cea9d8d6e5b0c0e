import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFares } from '../engine/fares/readFares.ts';
import { epochDayOf } from '../units/time.ts';
import { type FeedFiles, lines, smallFeed, withFeed } from '../../test/support/gtfsFeed.ts';
import type { FeedExtras } from './extras.ts';
import { readFeed } from './readFeed.ts';

interface Read {
  readonly extras: FeedExtras;
  readonly told: string[];
  readonly feed: Awaited<ReturnType<typeof readFeed>>['feed'];
}

async function read(files: FeedFiles, limits: object = {}): Promise<Read> {
  const { feed, log } = await withFeed({ ...smallFeed, ...files }, (at) => readFeed(at, { limits }));
  const told = log.notices.map(({ code, file, row, column }) =>
    [code, file, row, column].filter((part) => part !== null).join(' '),
  );
  return { feed, extras: feed.extras!, told };
}

/** Four routes: R1 and R2 of IR in network N, R3 of IR, R4 of the buses. */
const routes: FeedFiles = {
  'agency.txt': `${smallFeed['agency.txt']}BU,Buses,https://b.in,Asia/Kolkata\n`,
  'routes.txt': lines(
    'route_id,agency_id,route_short_name,route_type,network_id',
    'R1,IR,1,2,N',
    'R2,IR,2,2,N',
    'R3,IR,3,2,',
    'R4,BU,4,3,',
  ),
};
const fareAttributes = (...rows: string[]): FeedFiles => ({
  'fare_attributes.txt': lines(
    'fare_id,price,currency_type,payment_method,transfers,transfer_duration,agency_id',
    ...rows,
  ),
});
const fareRules = (...rows: string[]): FeedFiles => ({
  'fare_rules.txt': lines('fare_id,route_id,origin_id', ...rows),
});
/** `R1 1050, R2 800`: route and price in minor units. */
const prices = ({ fares }: FeedExtras): string =>
  (fares?.families ?? [])
    .flatMap(({ routeIds, baseMinor }) => routeIds.map((id) => `${id} ${baseMinor}`))
    .toSorted()
    .join(', ');

describe('fares of "V1"', () => {
  const cases: [name: string, files: FeedFiles, prices: string, told: string[]][] = [
    [
      'without rules hold everywhere',
      fareAttributes('F,10.50,INR,0,0,,'),
      'R1 1050, R2 1050, R3 1050, R4 1050',
      [],
    ],
    ['of an agency hold on its routes', fareAttributes('F,10,INR,0,0,,BU'), 'R4 1000', []],
    [
      'with rules hold on their routes, the cheapest counts',
      { ...fareAttributes('F,10,INR,0,0,,', 'G,8,INR,0,0,,'), ...fareRules('F,R1,', 'F,R2,', 'G,R2,') },
      'R1 1000, R2 800',
      [],
    ],
    [
      'by zone are not used, nor a flat fare beside them',
      { ...fareAttributes('F,10,INR,0,0,,', 'G,8,INR,0,0,,'), ...fareRules('F,R1,', 'F,R2,', 'G,R2,Z1') },
      'R1 1000',
      ['IGNORED_FARES fare_rules.txt'],
    ],
    [
      'by zone on any route leave no flat fare',
      { ...fareAttributes('F,10,INR,0,0,,', 'G,8,INR,0,0,,'), ...fareRules('F,R1,', 'G,,Z1') },
      '',
      ['IGNORED_FARES fare_rules.txt'],
    ],
    [
      'need a currency',
      fareAttributes('F,10,RUP,0,0,,'),
      '',
      ['INVALID_OPTION fare_attributes.txt 2 currency_type'],
    ],
    [
      'cost no letters',
      fareAttributes('F,ten,INR,0,0,,'),
      '',
      ['INVALID_NUMBER fare_attributes.txt 2 price'],
    ],
    [
      'have ids of their own',
      fareAttributes('F,9,INR,0,0,,BU', 'F,8,INR,0,0,,'),
      'R4 900',
      ['DUPLICATE_KEY fare_attributes.txt 3 fare_id'],
    ],
    [
      'need a fare and a route that exist',
      { ...fareAttributes('F,10,INR,0,0,,'), ...fareRules('X,R1,', 'F,X,') },
      '',
      ['UNKNOWN_REFERENCE fare_rules.txt 2 fare_id', 'UNKNOWN_REFERENCE fare_rules.txt 3 route_id'],
    ],
    [
      'of another currency than the first are left out',
      { ...fareAttributes('F,10,INR,0,0,,', 'G,8,NPR,0,0,,'), ...fareRules('F,R1,', 'G,R2,') },
      'R1 1000',
      ['IGNORED_FARES '],
    ],
  ];
  for (const [name, files, expected, told] of cases)
    test(name, async () => {
      const found = await read({ ...routes, ...files });
      assert.equal(prices(found.extras), expected);
      const fares = found.told.filter((line) => !line.startsWith('RUN_'));
      assert.deepEqual(fares, told);
    });

  test('cover changes for as long as they say, at most a day', async () => {
    const transfers = async (fields: string): Promise<unknown> =>
      (await read({ ...routes, ...fareAttributes(`F,10,INR,0,${fields},`) })).extras.fares!.families[0]!
        .transfer;
    assert.equal(await transfers('0,5400'), null);
    assert.deepEqual(await transfers('1,5400'), { minutes: 90, priceMinor: 0, count: 1 });
    assert.deepEqual(await transfers(','), { minutes: 1440, priceMinor: 0, count: 10 });
  });

  test('are families that a fares file could hold', async () => {
    const { extras } = await read({ ...routes, ...fareAttributes('F,10.50,INR,0,0,,') });
    const [family] = extras.fares!.families;
    const file = {
      currency: 'INR',
      families: [{ id: 'F', route_ids: ['R1', 'R2', 'R3', 'R4'], base_minor: 1050 }],
    };
    assert.deepEqual({ currency: extras.fares!.currency, families: [family] }, readFares(file));
  });

  test('a yen has no hundredths', async () => {
    const { extras } = await read({ ...routes, ...fareAttributes('F,210,JPY,0,0,,BU') });
    assert.equal(prices(extras), 'R4 210');
  });
});

describe('fares of "V2"', () => {
  const products: FeedFiles = {
    'fare_products.txt': lines(
      'fare_product_id,rider_category_id,fare_media_id,amount,currency',
      'P,,cash,20,INR',
      'P,,card,18,INR',
      'P,child,,5,INR',
      'Q,,,30,INR',
      'S,senior,,1,INR',
    ),
  };
  const rules = (head: string, ...rows: string[]): FeedFiles => ({
    ...routes,
    ...products,
    'fare_leg_rules.txt': lines(`fare_product_id,network_id,${head}`, ...rows),
  });
  const cases: [name: string, files: FeedFiles, prices: string, told: string[]][] = [
    [
      'by network, without one for the others',
      rules('x', 'P,N,', 'Q,,'),
      'R1 1800, R2 1800, R3 3000, R4 3000',
      [],
    ],
    [
      'by priority, without a network for all',
      rules('rule_priority', 'P,N,1', 'Q,,2'),
      'R1 3000, R2 3000, R3 3000, R4 3000',
      [],
    ],
    [
      'by area leave their routes without a price',
      rules('from_area_id', 'P,N,', 'Q,N,A', 'Q,,'),
      'R3 3000, R4 3000',
      ['IGNORED_FARES fare_leg_rules.txt'],
    ],
    [
      'for some riders only are no price for all',
      rules('x', 'S,N,', 'P,N,'),
      'R1 1800, R2 1800',
      ['IGNORED_FARES fare_leg_rules.txt'],
    ],
    [
      'of a product that is not there are not used',
      rules('x', 'X,N,'),
      '',
      ['UNKNOWN_REFERENCE fare_leg_rules.txt 2 fare_product_id'],
    ],
    [
      'with networks in a table of their own',
      {
        ...rules('x', 'Q,M,'),
        'networks.txt': lines('network_id', 'M'),
        'route_networks.txt': lines('network_id,route_id', 'M,R3', 'X,R4', 'M,X'),
      },
      'R3 3000',
      [
        'UNKNOWN_REFERENCE route_networks.txt 3 network_id',
        'UNKNOWN_REFERENCE route_networks.txt 4 route_id',
      ],
    ],
    [
      'go before those of V1',
      { ...rules('x', 'P,N,'), ...fareAttributes('F,10,INR,0,0,,') },
      'R1 1800, R2 1800, R3 1000, R4 1000',
      [],
    ],
  ];
  for (const [name, files, expected, told] of cases)
    test(name, async () => {
      const found = await read(files);
      assert.equal(prices(found.extras), expected);
      assert.deepEqual(found.told, told);
    });
});

describe('shapes', () => {
  const trips = (shape: string): FeedFiles => ({
    'trips.txt': lines('route_id,service_id,trip_id,shape_id', `R1,D,T1,${shape}`, 'R1,D,T2,'),
  });
  const shapes = (...rows: string[]): FeedFiles => ({
    ...trips('W'),
    'shapes.txt': lines('shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled', ...rows),
  });

  test('are drawn in sequence, thinned, for the trips that name them', async () => {
    const { extras, told } = await read(
      shapes('W,21,75,9,3', 'W,20,75,1,0', 'W,20.5,75.0001,5,1', 'W,20.7,75.5,7,2', 'U,1,1,1,0', 'U,2,2,2,1'),
    );
    assert.deepEqual(told, []);
    assert.deepEqual(
      extras.shapes.map(({ id, points }) => [
        id,
        [...points].map((degrees) => Math.round(degrees * 1e4) / 1e4),
      ]),
      [['W', [20, 75, 20.5, 75.0001, 20.7, 75.5, 21, 75]]],
    );
    assert.deepEqual([...extras.tripShapes], [0, -1]);
  });

  const faults: [name: string, files: FeedFiles, told: string[], shapes: number][] = [
    [
      'distance goes back',
      shapes('W,20,75,1,5', 'W,21,75,2,1'),
      ['SHAPE_BACKWARDS shapes.txt 3 shape_dist_traveled'],
      1,
    ],
    ['one point', shapes('W,20,75,1,5'), ['SHAPE_TOO_SHORT shapes.txt 2 shape_id'], 0],
    [
      'a bad point',
      shapes('W,20,75,1,', 'W,95,75,2,', 'W,21,75,3,'),
      ['INVALID_COORDINATE shapes.txt 3 shape_pt_lat'],
      1,
    ],
    [
      'no position',
      shapes('W,20,75,1,', 'W,,75,2,', 'W,21,75,3,'),
      ['INVALID_COORDINATE shapes.txt 3 shape_pt_lat'],
      1,
    ],
    [
      'a trip names another',
      { ...shapes('W,20,75,1,', 'W,21,75,2,'), ...trips('X') },
      ['UNKNOWN_SHAPE trips.txt 2 shape_id'],
      0,
    ],
    ['no table', trips('W'), ['UNKNOWN_SHAPE trips.txt 2 shape_id'], 0],
  ];
  for (const [name, files, told, count] of faults)
    test(name, async () => {
      const found = await read(files);
      assert.deepEqual([found.told, found.extras.shapes.length], [told, count]);
      assert.equal(found.feed.calls.stop.length, 6);
    });

  test('of too many points none is kept', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => `W,${20 + i / 10},75,${i},`);
    const { extras, told } = await read(shapes(...rows), { shapePoints: 4 });
    assert.deepEqual(
      [told, extras.shapes, [...extras.tripShapes]],
      [['IGNORED_SHAPES shapes.txt'], [], [-1, -1]],
    );
  });
});

test('translations by record and by text', async () => {
  const { extras, told } = await read({
    'translations.txt': lines(
      'table_name,field_name,language,translation,record_id,field_value',
      'stops,stop_name,hi,अल्फा,A,',
      'stops,stop_name,ta,பீட்டா,,Beta',
      'agency,agency_name,hi,भारतीय रेल,,Indian Railways',
      'routes,route_long_name,hi,अल्फा एक्सप्रेस,R1,',
      'stops,stop_url,hi,x,A,',
      'stops,stop_name,hi,x,Z,',
      'stops,stop_name,hi,x,,Zeta',
      'stops,stop_name,,x,A,',
    ),
  });
  assert.deepEqual(
    extras.translations.map(({ table, index, field, language, text }) =>
      [table, index, field, language, text].join(' '),
    ),
    [
      'stops 0 stop_name hi अल्फा',
      'stops 1 stop_name ta பீட்டா',
      'agency 0 agency_name hi भारतीय रेल',
      'routes 0 route_long_name hi अल्फा एक्सप्रेस',
    ],
  );
  assert.deepEqual(told, [
    'UNKNOWN_REFERENCE translations.txt 7 record_id',
    'UNKNOWN_REFERENCE translations.txt 8 field_value',
    'MISSING_VALUE translations.txt 9 language',
    'IGNORED_ROWS translations.txt',
  ]);
});

test('attributions name organisations, their roles and what they are for', async () => {
  const { extras, told } = await read({
    'attributions.txt': lines(
      'organization_name,is_producer,is_operator,route_id,attribution_url,attribution_email',
      'Open Data India,1,0,,https://data.example/a,mail@data.example',
      'Trains Ltd,,1,R1,javascript:alert(1),',
      ',1,,,,',
      'Nobody,1,,R9,,',
    ),
  });
  assert.deepEqual(extras.attributions, [
    {
      organization: 'Open Data India',
      url: 'https://data.example/a',
      email: 'mail@data.example',
      roles: ['producer'],
      agency: -1,
      route: -1,
      trip: -1,
    },
    { organization: 'Trains Ltd', url: '', email: '', roles: ['operator'], agency: -1, route: 0, trip: -1 },
  ]);
  assert.deepEqual(told, [
    'INVALID_OPTION attributions.txt 3 attribution_url',
    'MISSING_VALUE attributions.txt 4 organization_name',
    'UNKNOWN_REFERENCE attributions.txt 5 route_id',
  ]);
});

test('feed_info tells publisher, language, address and days', async () => {
  const info = (row: string): FeedFiles => ({
    'feed_info.txt': lines(
      'feed_publisher_name,feed_publisher_url,feed_lang,feed_version,feed_start_date,feed_end_date',
      row,
    ),
  });
  const { feed } = await read(info('Rail,https://rail.example,hi,7,20260101,20261231'));
  assert.deepEqual(feed.info, {
    publisher: 'Rail',
    version: '7',
    language: 'hi',
    url: 'https://rail.example/',
    startDay: epochDayOf(2026, 1, 1),
    endDay: epochDayOf(2026, 12, 31),
  });
  const reversed = await read(info('Rail,,hi,7,20261231,20260101'));
  assert.deepEqual(
    [reversed.feed.info!.startDay, reversed.told],
    [undefined, ['DATES_REVERSED feed_info.txt 2 feed_start_date']],
  );
});
