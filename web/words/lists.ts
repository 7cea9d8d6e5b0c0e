import { words as english } from './en/lists.ts';
import { inLanguage } from './language.ts';

/** Words of the lists of trips and of saved routes. */
export const listWords = inLanguage(english, () => import('./hi/lists.ts'));
