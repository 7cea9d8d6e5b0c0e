import { words as english } from './en/search.ts';
import { inLanguage } from './language.ts';

/** Words of the search form and its results. */
export const searchWords = inLanguage(english, () => import('./hi/search.ts'));
