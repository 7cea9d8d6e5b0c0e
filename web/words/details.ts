import { words as english } from './en/details.ts';
import { inLanguage } from './language.ts';

/** Words of one option in detail. */
export const detailWords = inLanguage(english, () => import('./hi/details.ts'));
