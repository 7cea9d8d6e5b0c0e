import { words as english } from './en/offline.ts';
import { inLanguage } from './language.ts';

/** Words of what is kept in the browser, and of what waits in it. */
export const offlineWords = inLanguage(english, () => import('./hi/offline.ts'));
