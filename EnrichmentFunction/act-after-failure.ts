import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { Postpone } from '../shared/ports/postpone';
import type { RecordFailure } from '../shared/ports/record-failure';
import type { Resend } from '../shared/ports/resend';
import type { EndRefresh } from '../shared/ports/refresh';
import type { StoreFailure } from '../shared/ports/store-failure';
import { inParallel } from '../shared/tasks/in-parallel';
import type { Decision } from './after-failure';
import type { Fault } from './fault';
import type { Delivery, Enriched, EnrichFailure } from './outcome';

export type AfterFailurePorts = Readonly<{
  recordFailure: RecordFailure;
  endRefresh: EndRefresh;
  postpone: Postpone;
  resend: Resend;
}>;

/**
 * Does what was decided after a failed attempt. The message is acknowledged only if a new message or the end of the
 * refresh was stored. In every other case the attempt fails, even if its reason could not be recorded or the message
 * not postponed.
 */
export const actAfterFailure =
  ({ recordFailure, endRefresh, postpone, resend }: AfterFailurePorts) =>
  ({ attempt }: Delivery, { record }: Fault, { failure, action }: Decision): TE.TaskEither<EnrichFailure, Enriched> => {
    switch (action.kind) {
      case 'resend': {
        const { message, heldUntil } = action;
        const resent: Enriched = { kind: 'resent', event: failure.event, heldUntil };
        return acknowledgeIf(resend(message, heldUntil), failure, resent);
      }
      case 'end-refresh': {
        const { event } = action;
        const { reason, detail } = failure;
        const ended: Enriched = { kind: 'refresh-failed', event, reason, detail };
        return acknowledgeIf(endRefresh(event, { reason }), failure, ended);
      }
      case 'leave': {
        const { recordFor, postponeUntil } = action;
        const effects: readonly TE.TaskEither<StoreFailure, void>[] = [
          ...(recordFor === undefined ? [] : [() => recordFailure(recordFor, attempt, failure, record)()]),
          ...(postponeUntil === undefined ? [] : [() => postpone(attempt, postponeUntil)()]),
        ];
        return pipe(
          inParallel(effects),
          T.map(() => E.left(failure)),
        );
      }
    }
  };

const acknowledgeIf = (
  effect: TE.TaskEither<StoreFailure, void>,
  failure: EnrichFailure,
  outcome: Enriched,
): TE.TaskEither<EnrichFailure, Enriched> =>
  pipe(
    effect,
    TE.bimap(
      () => failure,
      () => outcome,
    ),
  );
