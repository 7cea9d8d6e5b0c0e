import type { NoticeLog } from '../notice.ts';
import { type Price, priceOf } from '../price.ts';
import type { FeedSource } from '../source.ts';
import { readTable } from '../table.ts';

/** What everybody may buy, by `fare_product_id`; the cheapest where several media have prices of their own. */
export async function readFareProducts(
  source: FeedSource,
  log: NoticeLog,
): Promise<{ products: Map<string, Price>; forFew: Set<string> }> {
  const products = new Map<string, Price>();
  const forFew = new Set<string>();
  const spec = { required: ['fare_product_id', 'amount', 'currency'], essential: false };
  await readTable(source, 'fare_products.txt', log, spec, (row) => {
    const id = row.id('fare_product_id');
    const price = id === null ? null : priceOf(row, 'amount', 'currency');
    if (id === null || price === null) return;
    if (row.text('rider_category_id') !== '') {
      forFew.add(id);
      return;
    }
    const other = products.get(id);
    if (!other || (other.currency === price.currency && price.minor < other.minor)) products.set(id, price);
  });
  return { products, forFew };
}
