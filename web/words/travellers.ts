import { words as english } from './en/travellers.ts';
import { inLanguage } from './language.ts';

/** Words of who travels, and of what concessions ask. */
export const travellerWords = inLanguage(english, () => import('./hi/travellers.ts'));
