/** `plan`, `batch` and `compare` from argv to output, on feeds of a few lines. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  type FeedFiles,
  folderFeed,
  lines,
  smallFeed,
  type TemporaryFeed,
} from '../../test/support/gtfsFeed.ts';
import type { BatchResult } from './batch.ts';
import type { PrintedJourney } from './feedPlanner.ts';
import { commands } from './registry.ts';
import { runCommandLine } from './run.ts';

let feed: TemporaryFeed;
/**
 * Trains every day from A to C; from C2, 300 m from C, on to D (whose clock is New York's) by bus at
 * 10:08 and 12:00.
 */
const files: FeedFiles = {
  ...smallFeed,
  'stops.txt': lines(
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_timezone',
    'A,Alpha,20,75,0,,',
    'B,Beta,20.5,75,0,,',
    'C,Gamma,21,75,0,,',
    'S,Station,21,75.0028,1,,',
    'C2,Gamma stand,21,75.0028,0,S,',
    'D,Delta,21.1,75,0,,America/New_York',
    'E,End of the world,60,75,0,,',
  ),
  'routes.txt': `${smallFeed['routes.txt']}B,IR,,Bus,3,\n`,
  'trips.txt': `${smallFeed['trips.txt']}B,D,B1,Delta\nB,D,B2,Delta\n`,
  'stop_times.txt':
    smallFeed['stop_times.txt'] +
    lines(
      'B1,10:08:00,10:08:00,C2,1',
      'B1,10:30:00,10:30:00,D,2',
      'B2,12:00:00,12:00:00,C2,1',
      'B2,12:30:00,12:30:00,D,2',
    ),
};
before(async () => {
  feed = await folderFeed(files);
});
after(() => feed.remove());

async function run(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  const stream = (name: 'out' | 'error') => ({
    write: (text: string | Uint8Array): boolean => {
      written[name] += String(text);
      return true;
    },
  });
  const terminal = { stdout: stream('out'), stderr: stream('error') };
  const code = await runCommandLine(argv, commands, { version: '0', terminal });
  return { code, ...written };
}

const file = (name: string): string => path.join(feed.location, name);

async function plan(...argv: string[]): Promise<PrintedJourney[]> {
  const { code, out, error } = await run('plan', '--gtfs', feed.location, '--json', ...argv);
  assert.equal(code, 0, error);
  return (JSON.parse(out) as { journeys: PrintedJourney[] }).journeys;
}

async function batch(
  queries: object[],
  ...argv: string[]
): Promise<{ code: number; error: string; result: BatchResult }> {
  writeFileSync(file('q.json'), JSON.stringify({ queries }));
  const inOut = ['--queries', file('q.json'), '--out', file('a.json')];
  const { code, error } = await run('batch', '--gtfs', feed.location, ...inOut, ...argv);
  return { code, error, result: JSON.parse(readFileSync(file('a.json'), 'utf8')) as BatchResult };
}

const shape = ([journey]: PrintedJourney[]) => journey!.legs.map(({ mode, run }) => [mode, run]);

describe('plan', () => {
  const question = ['--from', 'A', '--to', 'C', '--depart', '2026-03-02T07:30'];

  test('answers with times on the clocks of the stops', async () => {
    assert.deepEqual(await plan(...question), [
      {
        departure: '2026-03-02T08:00',
        arrival: '2026-03-02T10:00',
        legs: [
          {
            mode: 'train',
            line: '12001',
            run: 'T1',
            from: 'A',
            to: 'C',
            departure: '2026-03-02T08:00',
            arrival: '2026-03-02T10:00',
            price_minor: null,
          },
        ],
        price_minor: null,
      },
    ]);
  });

  test('boards a train of yesterday after midnight', async () => {
    const [journey] = await plan('--from', 'B', '--to', 'C', '--depart', '2026-03-02T00:11');
    assert.deepEqual([journey!.departure, journey!.arrival], ['2026-03-02T00:12', '2026-03-02T01:10']);
  });

  test('walks by default, with 5 minutes to change; shows the zone of each stop', async () => {
    const way = ['--from', 'A', '--to', 'D', '--depart', '2026-03-02T07:30'];
    const usual = await plan(...way);
    assert.deepEqual(shape(usual), [
      ['train', 'T1'],
      ['walk', null],
      ['bus', 'B2'],
    ]);
    const hurried = await plan(...way, '--change-minutes', '2');
    assert.deepEqual(shape(hurried), [
      ['train', 'T1'],
      ['walk', null],
      ['bus', 'B1'],
    ]);
    assert.equal(hurried[0]!.arrival, '2026-03-02T00:00', '10:30 in India is midnight in New York');
    assert.deepEqual(await plan(...way, '--no-links'), []);
    assert.deepEqual(await plan(...way, '--max-legs', '1'), []);
  });

  test('a station stands for its platforms', async () => {
    const [journey] = await plan('--from', 'S', '--to', 'D', '--depart', '2026-03-02T07:30');
    assert.deepEqual(
      journey!.legs.map(({ from }) => from),
      ['C2'],
    );
  });

  test('arrives by a time', async () => {
    const [journey] = await plan('--from', 'A', '--to', 'C', '--depart', '2026-03-02T22:00', '--arrive-by');
    assert.deepEqual([journey!.departure, journey!.arrival], ['2026-03-02T08:00', '2026-03-02T10:00']);
  });

  test('reads well', async () => {
    const { code, out } = await run('plan', '--gtfs', feed.location, ...question);
    assert.equal(code, 0);
    assert.equal(
      out,
      [
        '2026-03-02 08:00 → 2026-03-02 10:00  2 h, 1 ride',
        '  leaves       arrives      by     line   way',
        '  03-02 08:00  03-02 10:00  train  12001  Alpha (A) → Gamma (C)',
        '',
      ].join('\n'),
    );
    const none = await run(
      'plan',
      '--gtfs',
      feed.location,
      '--from',
      'A',
      '--to',
      'E',
      '--depart',
      '2026-03-02T08:00',
    );
    assert.deepEqual([none.code, none.out], [0, '']);
    assert.match(none.error, /No journey from A to E/);
  });

  test('says what is wrong: 1 for failures, 2 for bad usage', async () => {
    const wrong: [string[], number, RegExp][] = [
      [['--gtfs', '/nowhere.zip', ...question], 1, /no file or folder \/nowhere.zip/],
      [
        ['--gtfs', feed.location, '--from', 'X', '--to', 'C', '--depart', '2026-03-02T08:00'],
        1,
        /no stop_id "X"/,
      ],
      [
        ['--gtfs', feed.location, '--from', 'A', '--to', 'C', '--depart', '8 am'],
        2,
        /--depart must be a local time/,
      ],
      [['--gtfs', feed.location, '--from', 'A', '--depart', '2026-03-02T08:00'], 2, /--to is missing/],
      [['--gtfs', feed.location, ...question, '--change-minutes', 'x'], 2, /--change-minutes must be/],
      [question, 2, /--gtfs is missing/],
    ];
    for (const [argv, code, message] of wrong) {
      const answer = await run('plan', ...argv);
      assert.equal(answer.code, code, answer.error);
      assert.match(answer.error, message);
    }
  });
});

describe('batch', () => {
  const reachable = { from: 'A', to: 'C', departure: '2026-03-02T07:30' };

  test('writes exactly the promised fields', async () => {
    const { code, result } = await batch([reachable, { from: 'A', to: 'E', departure: '2026-03-02T07:30' }]);
    assert.equal(code, 0);
    const { answers, ...figures } = result;
    assert.deepEqual(Object.keys(figures), ['load_ms', 'rss_mb', 'p50_ms', 'p95_ms']);
    for (const figure of Object.values(figures)) assert.ok(figure > 0);
    const journeys = await plan('--from', 'A', '--to', 'C', '--depart', '2026-03-02T07:30');
    assert.deepEqual(answers, [
      { ...reachable, arrival: '2026-03-02T10:00', legs: 1, journeys },
      { from: 'A', to: 'E', departure: '2026-03-02T07:30', arrival: null, legs: null, journeys: [] },
    ]);
  });

  test('answers the rest when one query is wrong, and fails', async () => {
    const { code, error, result } = await batch([{ ...reachable, from: 'X' }, reachable]);
    assert.equal(code, 1);
    assert.match(error, /1 of 2 queries.*no stop_id "X"/);
    assert.deepEqual(
      result.answers.map(({ arrival }) => arrival),
      [null, '2026-03-02T10:00'],
    );
    assert.match(result.answers[0]!.error!, /no stop_id "X"/);
  });

  test('range answers every departure of the window that is worth taking', async () => {
    const early = { ...reachable, departure: '2026-03-02T07:00' };
    const { result } = await batch([early], '--mode', 'range', '--window', '1440');
    const [answer] = result.answers;
    assert.deepEqual([answer!.arrival, answer!.legs], ['2026-03-02T10:00', 1]);
    assert.deepEqual(
      answer!.journeys.map(({ departure, arrival }) => [departure, arrival]),
      [
        ['2026-03-02T08:00', '2026-03-02T10:00'],
        ['2026-03-02T23:00', '2026-03-03T01:10'],
      ],
    );
    const short = await batch([early], '--mode', 'range', '--window', '60');
    assert.equal(short.result.answers[0]!.journeys.length, 1);
  });

  test('pareto answers with prices, of legs and in total, for the party', async () => {
    const fares = {
      currency: 'INR',
      families: [
        {
          id: 'rail',
          route_types: [2],
          base_minor: 3000,
          slabs: [{ minor_per_km: 60 }],
          round_up_to_minor: 500,
        },
        { id: 'bus', route_types: [3], minimum_minor: 2000, vehicle_capacity: 2 },
      ],
    };
    writeFileSync(file('fares.json'), JSON.stringify(fares));
    const flags = ['--mode', 'pareto', '--fares', file('fares.json'), '--passengers', '3'];
    const { result } = await batch([{ ...reachable, to: 'D' }], ...flags);
    const [journey, ...others] = result.answers[0]!.journeys;
    assert.deepEqual(others, []);
    // 111 km by the straight line: 30 + 66.72, rounded up to 100 rupees, times three; two buses.
    assert.deepEqual(
      journey!.legs.map(({ mode, price_minor }) => [mode, price_minor]),
      [
        ['train', 30_000],
        ['walk', 0],
        ['bus', 4000],
      ],
    );
    assert.equal(journey!.price_minor, 34_000);
    const railOnly = { ...fares, families: fares.families.slice(0, 1) };
    writeFileSync(file('fares.json'), JSON.stringify(railOnly));
    const left = await batch([{ ...reachable, to: 'D' }], ...flags);
    assert.deepEqual(left.result.answers[0]!.journeys, [], 'the bus has no price');
    const shown = await plan('--from', 'A', '--to', 'D', '--depart', reachable.departure, ...flags.slice(2));
    assert.deepEqual(
      shown[0]!.legs.map(({ price_minor }) => price_minor),
      [30_000, 0, null],
    );
    assert.equal(shown[0]!.price_minor, null);
  });

  test('uses the flat fares of the feed when no others are given', async () => {
    const priced: TemporaryFeed = await folderFeed({
      ...smallFeed,
      'fare_attributes.txt': lines(
        'fare_id,price,currency_type,payment_method,transfers',
        'F1,45.00,INR,0,0',
      ),
      'fare_rules.txt': lines('fare_id,route_id', 'F1,R1'),
    });
    const asked = ['--gtfs', priced.location, '--from', 'A', '--to', 'C', '--depart', '2026-03-02T07:30'];
    try {
      for (const mode of ['earliest', 'range', 'pareto']) {
        const { code, out, error } = await run(
          'plan',
          ...asked,
          '--mode',
          mode,
          '--passengers',
          '2',
          '--json',
        );
        assert.equal(code, 0, error);
        const { journeys } = JSON.parse(out) as { journeys: PrintedJourney[] };
        assert.equal(journeys[0]!.price_minor, 9000, mode);
      }
      const queries = [{ from: 'A', to: 'C', departure: '2026-03-02T07:30' }];
      writeFileSync(file('priced.json'), JSON.stringify({ queries: [...queries, ...queries] }));
      const flags = ['--gtfs', priced.location, '--queries', file('priced.json'), '--mode', 'pareto'];
      for (const workers of ['1', '2']) {
        const { code, out, error } = await run('batch', ...flags, '--workers', workers);
        assert.equal(code, 0, error);
        const { answers } = JSON.parse(out) as BatchResult;
        assert.deepEqual(
          answers.map(({ journeys }) => journeys[0]!.price_minor),
          [4500, 4500],
        );
      }
    } finally {
      await priced.remove();
    }
  });

  test('visits places on the way', async () => {
    const way = ['--from', 'A', '--to', 'D', '--depart', '2026-03-02T07:30'];
    const [journey] = await plan(...way, '--via', 'B:60');
    // The next train from B leaves after midnight: the bus of the next morning.
    assert.deepEqual(
      journey!.legs.map(({ run, from, to, departure }) => [run, from, to, departure]),
      [
        ['T1', 'A', 'B', '2026-03-02T08:00'],
        ['T2', 'B', 'C', '2026-03-03T00:12'],
        [null, 'C', 'C2', '2026-03-03T01:10'],
        ['B1', 'C2', 'D', '2026-03-03T10:08'],
      ],
    );
    const [through] = await plan(...way, '--via', 'B:0');
    assert.deepEqual(shape([through!])[0], ['train', 'T1'], 'the train calls there');
    const unknown = await run('plan', '--gtfs', feed.location, ...way, '--via', 'X:5');
    assert.deepEqual([unknown.code, /no stop_id "X"/.test(unknown.error)], [1, true]);
  });

  test('says which modes and fares it does not take', async () => {
    const asked = async (...argv: string[]) =>
      run('batch', '--gtfs', feed.location, '--queries', 'q', ...argv);
    for (const [argv, message] of [
      [['--mode', 'x'], /must be earliest, range, pareto/],
      [['--mode', 'range', '--arrive-by'], /goes with --mode earliest/],
    ] as const) {
      const { code, error } = await asked(...argv);
      assert.deepEqual([code, message.test(error)], [2, true], error);
    }
    const ends = ['--gtfs', feed.location, '--from', 'A', '--to', 'C', '--depart', '2026-03-02T08:00'];
    const unpriced = await run('plan', ...ends, '--mode', 'pareto');
    assert.deepEqual(
      [unpriced.code, /needs --fares FILE: the feed gives no/.test(unpriced.error)],
      [2, true],
    );
    writeFileSync(file('bad.json'), '{"currency":"INR","families":[{"id":"a"}]}');
    const bad = await run(
      'plan',
      '--gtfs',
      feed.location,
      '--from',
      'A',
      '--to',
      'C',
      '--depart',
      '2026-03-02T08:00',
      '--mode',
      'pareto',
      '--fares',
      file('bad.json'),
    );
    assert.deepEqual(
      [bad.code, /families\[0\] needs route_types or route_ids/.test(bad.error)],
      [1, true],
      bad.error,
    );
  });

  test('refuses files that hold no queries', async () => {
    for (const [text, message] of [
      ['{', /does not hold queries/],
      ['{"queries":[]}', /at least one/],
      ['{"queries":[{"from":"A"}]}', /does not hold queries/],
    ] as const) {
      writeFileSync(file('bad.json'), text);
      const { code, error } = await run('batch', '--gtfs', feed.location, '--queries', file('bad.json'));
      assert.equal(code, 1);
      assert.match(error, message);
    }
    writeFileSync(file('bad.json'), '{"queries":[{"from":"A","to":"C","departure":"soon"}]}');
    const { code, error } = await run('batch', '--gtfs', feed.location, '--queries', file('bad.json'));
    assert.deepEqual([code, /query 1: departure must be a local time/.test(error)], [2, true]);
  });
});

describe('compare', () => {
  const questions = ['07:30', '12:00', '22:00'].map((time) => ({
    from: 'A',
    to: 'C',
    departure: `2026-03-02T${time}`,
  }));

  test('finds no difference between equal answers, and each kind between others', async () => {
    const { result } = await batch(questions);
    const write = (name: string, answers: object[]): string => {
      writeFileSync(file(name), JSON.stringify({ ...result, answers }));
      return file(name);
    };
    const [first, second, third] = result.answers;
    const a = write('A.json', [first!, second!, third!]);
    const same = await run('compare', a, write('B.json', [third!, second!, first!]));
    assert.deepEqual([same.code, /3 answers, no difference/.test(same.out)], [0, true], same.out);

    const b = write('B.json', [
      { ...first!, arrival: '2026-03-02T11:00' },
      { ...second!, arrival: null, legs: null, journeys: [] },
      { ...third!, departure: '2026-03-02T22:01' },
    ]);
    const { code, out } = await run('compare', a, b, '--json');
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out).counts, { later: 1, lost: 1, 'only in A': 1, 'only in B': 1 });
    const back = await run('compare', b, a, '--json');
    assert.deepEqual(JSON.parse(back.out).counts, { earlier: 1, found: 1, 'only in A': 1, 'only in B': 1 });
    const other = write('C.json', [{ ...first!, legs: 2 }, { ...second!, journeys: [] }, third!]);
    assert.deepEqual(JSON.parse((await run('compare', a, other, '--json')).out).counts, {
      legs: 1,
      journeys: 1,
    });
  });

  test('refuses files that are no results', async () => {
    writeFileSync(file('no.json'), '{}');
    const { code, error } = await run('compare', file('no.json'), file('no.json'));
    assert.deepEqual([code, /not a result of `routestitch batch`/.test(error)], [1, true]);
  });
});
