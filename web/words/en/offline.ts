/** English words of what is kept in the browser, and of what waits in it. */
import { count } from './site.ts';

export const words = {
  asOf: (day: string, clock: string) => `No connection: from this device, as it was on ${day} at ${clock}.`,
  kept: 'Kept on this device until there is a connection.',
  waits: 'Waits on this device to be sent',
  waiting: (n: number) =>
    `${count(n, 'change waits', 'changes wait')} on this device to be sent when there is a connection.`,
  sent: 'What waited on this device has been sent.',
  gone: 'What waited was for a trip that is not there any more.',
  decide: 'What you recorded without a connection needs a decision.',
  look: 'Look at it',
  changed: 'This leg was changed elsewhere meanwhile. Nothing is overwritten unless you say so.',
  refused: (reason: string) => `This could not be recorded: ${reason}`,
  theirs: 'There now',
  mine: 'Yours',
  sendMine: 'Record mine',
  keepTheirs: 'Keep what is there',
  dropMine: 'Drop mine',
};
export type OfflineWords = typeof words;
