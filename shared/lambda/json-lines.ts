// Import this first in a function's app.ts. Every line of a function's log is one JSON object, including the lines that
// Node.js or a library writes.
import { format } from 'node:util';
import { logger } from './logger';
import { nameAndPlace } from './name-and-place';

// Node.js has a listener of its own, which prints warnings as plain text.
process.removeAllListeners('warning');
process.on('warning', ({ name, message }) =>
  logger.warn('runtime warning emitted', { warning_name: name, warning: message }),
);

const levels = {
  debug: 'debug',
  trace: 'debug',
  log: 'info',
  info: 'info',
  dir: 'info',
  warn: 'warn',
  error: 'error',
} as const;

for (const [method, level] of Object.entries(levels) as [keyof typeof levels, (typeof levels)[keyof typeof levels]][])
  console[method] = (...written: unknown[]) => logger[level]('console output written', { text: format(...written) });

process.on('uncaughtException', (error, origin) => {
  logger.critical('uncaught error', { origin, ...nameAndPlace(error) });
  // In Lambda, the runtime's own listener reports the error and ends the process. Without it the process must end here.
  if (process.listenerCount('uncaughtException') === 1) process.exit(1);
});
