import type { Work } from './workCounts.ts';
import { startCounting } from './workCounts.ts';

export interface CaseWork {
  readonly earliest: Work;
  readonly range: Work;
  readonly priced: Work;
}

/** The engine is imported here, after counting has begun. */
export async function countCase(folder: string): Promise<CaseWork> {
  const take = await startCounting();
  const cases = await import('./cases.ts');
  const { Router } = await import('../../src/engine/routing/router.ts');
  const { PricedRouter } = await import('../../src/engine/priced/pricedRouter.ts');
  const { FareTable } = await import('../../src/engine/fares/fareTable.ts');
  const { SAMPLE_EVERY } = await import('./times.ts');
  const { EARLIEST_RIDES, PRICED_RIDES, queryOf, RANGE_MINUTES, RANGE_RIDES } = cases;
  const image = cases.openCaseImage(folder);
  const asked = cases.readCase(folder);
  const questions = asked.questions.filter((_, index) => index % SAMPLE_EVERY === 0);
  const router = new Router(image);
  const priced = new PricedRouter(new FareTable(image, cases.faresOf(asked)));
  // What is derived at the first question is not its work.
  router.earliestArrival(queryOf(questions[0]!, EARLIEST_RIDES));
  router.range(queryOf(questions[0]!, RANGE_RIDES), 1);
  await take(1);
  const count = async (search: (question: (typeof questions)[number]) => unknown): Promise<Work> => {
    for (const question of questions) search(question);
    return take(questions.length);
  };
  return {
    earliest: await count((question) => router.earliestArrival(queryOf(question, EARLIEST_RIDES))),
    range: await count((question) => router.range(queryOf(question, RANGE_RIDES), RANGE_MINUTES)),
    priced: await count((question) => priced.pareto({ ...queryOf(question, PRICED_RIDES), passengers: 1 })),
  };
}
