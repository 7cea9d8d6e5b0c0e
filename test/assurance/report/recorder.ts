/** Reporter for `node --test`: writes what passed and failed in one file of tests, and the figures said, as JSON. */
import type { TestEvent } from 'node:test/reporters';
import type { TestOutcome } from './results.ts';

export default async function* record(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const outcomes: TestOutcome[] = [];
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') {
      // A suite says only what its tests say.
      if (data.details.type === 'suite' || data.file === undefined) continue;
      const skipped = data.skip !== undefined && data.skip !== false;
      outcomes.push({
        test: data.name,
        state: skipped ? 'skipped' : type === 'test:pass' ? 'green' : 'red',
        seconds: Math.round(data.details.duration_ms / 100) / 10,
        figures: [],
      });
    }
    // Of the test that ended last: it comes right after its end. The run's own have no file.
    if (type === 'test:diagnostic' && data.file !== undefined) outcomes.at(-1)?.figures.push(data.message);
  }
  yield JSON.stringify(outcomes);
}
