export { clickTarget, createClick } from './createClick.ts';
