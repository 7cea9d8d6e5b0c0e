import { type DestinationStream, type Logger, pino } from 'pino';
import { loggedError } from './loggedError.ts';

/** The log of the server, with what may stand in it and nothing else. `stream`: default, standard output. */
export const openLog = (level: string, stream?: DestinationStream): Logger => {
  const options = { level, base: null, serializers: { err: (error: unknown) => loggedError(error) } };
  return stream ? pino(options, stream) : pino(options);
};
