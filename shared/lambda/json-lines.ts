// Import this first in a function's app.ts. Each line of a function's log is one JSON object, also what Node.js or a library writes by itself.
import { format } from 'node:util';
import { logger } from './logger';
import { nameAndPlace } from './name-and-place';

// Node.js prints warnings as plain text by a listener of its own.
process.removeAllListeners('warning');
process.on('warning', ({ name, message }) => logger.warn('node warning', { warning_name: name, warning: message }));

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
  console[method] = (...written: unknown[]) => logger[level]('console output', { text: format(...written) });

process.on('uncaughtException', (error, origin) => {
  logger.critical('uncaught error', { origin, ...nameAndPlace(error) });
  // Lambda's runtime has a listener that reports the error and ends the process. Without one the process must not go on.
  if (process.listenerCount('uncaughtException') === 1) process.exit(1);
});
