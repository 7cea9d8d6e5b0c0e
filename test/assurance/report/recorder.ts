/** Reporter for `node --test`: writes what passed and failed, and the figures said, as one JSON document. */
import type { TestEvent } from 'node:test/reporters';
import path from 'node:path';
import type { TestOutcome } from './results.ts';

const root = path.resolve(import.meta.dirname, '../..');

export default async function* record(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const outcomes: TestOutcome[] = [];
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') {
      // A suite says only what its tests say.
      if (data.details.type === 'suite' || data.file === undefined) continue;
      const skipped = data.skip !== undefined && data.skip !== false;
      outcomes.push({
        file: path.relative(root, data.file),
        test: data.name,
        state: skipped ? 'skipped' : type === 'test:pass' ? 'green' : 'red',
        seconds: Math.round(data.details.duration_ms / 100) / 10,
        figures: [],
      });
    }
    // Of the test that ended last in this file: it comes right after its end.
    if (type === 'test:diagnostic' && data.file !== undefined) {
      const file = path.relative(root, data.file);
      outcomes.findLast((outcome) => outcome.file === file)?.figures.push(data.message);
    }
  }
  yield JSON.stringify(outcomes);
}
