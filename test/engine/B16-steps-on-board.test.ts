import { test } from 'node:test';
import { World } from './support/check.ts';

test('who boards later has paid more so far and is in a cheaper band in the end', () =>
  new World(`
    near bus: O 07:00, A 07:30
    far bus: O 07:00, B 08:05
    metro metro: A 08:00, B 08:10, C 08:20
  `).priced(
    {
      from: 'O',
      to: 'C',
      at: '07:00',
      fares: [
        { id: 'near', route_ids: ['line near'], base_minor: 10 },
        { id: 'far', route_ids: ['line far'], base_minor: 20 },
        {
          id: 'metro',
          route_types: [1],
          steps: [{ up_to_km: 10, price_minor: 10 }, { price_minor: 90 }],
        },
      ],
    },
    'O 07:00 ~ far 07:00→08:05 ~ B ~ metro 08:10→08:20 ~ C 08:20 for 30',
  ));
