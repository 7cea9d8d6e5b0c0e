/** The browser flows of the page at full size: each width in each language. `npm test` takes half of the looks. */
import { drill } from './sizes.ts';

if (drill) {
  await import('../e2e/search.test.ts');
  await import('../e2e/searchStates.test.ts');
  await import('../e2e/pages.test.ts');
}
