import { setTimeout as wait } from 'node:timers/promises';
import type { SendPorts } from '../../../shared/operations/sources/send-signed';
import { refreshSeconds } from '../../../shared/operations/sources/times';
import type { Session } from '../../session';

/**
 * What `sendSigned` needs of a command. An interruption ends its waits.
 *
 * @param what may be new to the functions: the note of a wait names it
 */
export const sendPorts = (
  { note, interruption }: Session,
  send: SendPorts['send'],
  what: 'source' | 'secret',
): SendPorts => ({
  send,
  now: () => new Date(),
  wait: (ms) => wait(ms, undefined, { signal: interruption }).catch(() => undefined),
  isInterrupted: () => interruption.aborted,
  onWait: () => note(`Waiting until the functions know the ${what}, at most ${refreshSeconds} s.`),
});
