import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import type { ValidationProblem } from '../codecs/validation-problem';
import type { Reading } from '../sources/payloads/read-leads';
import { inParallel } from '../tasks/in-parallel';
import { type Ingested, type IngestFailure, ingestLead, type IngestPorts } from './ingest-lead';
import { type Receipt, recordOf } from './record-of';
import type { Sender } from './sender';

/** What became of one lead of a request. */
export type LeadOutcome<Kept = never> =
  Ingested | Kept | Readonly<{ kind: 'rejected'; problems: readonly ValidationProblem[] }>;

/** How many leads of one body are ingested at the same time, so that a large body does not exhaust the connections. */
const atOnce = 10;

/**
 * Ingests the leads of one body, ten at a time. Each lead has an event of its own. If a store fails for a lead, the rest
 * of its ten leads end, the later ones are not begun, and the whole fails. The retry of the sender ingests what is
 * missing, and finds the others as duplicates.
 *
 * The leads are received a millisecond apart, in their order: if one lead is in the body twice, the later one is newer.
 *
 * @param keep what to do with a lead that is not valid
 */
export const ingestReadings = <Kept>(
  ports: IngestPorts,
  sender: Sender,
  receipt: Receipt,
  readings: readonly Reading[],
  keep: (reading: Reading, problems: readonly ValidationProblem[]) => TE.TaskEither<IngestFailure, LeadOutcome<Kept>>,
): TE.TaskEither<IngestFailure, readonly LeadOutcome<Kept>[]> => {
  const record = recordOf(sender);
  const ingest = ([index, reading]: readonly [number, Reading]): TE.TaskEither<IngestFailure, LeadOutcome<Kept>> =>
    pipe(
      record(reading, earlierBy(readings.length - 1 - index, receipt)),
      E.match(
        (problems) => keep(reading, problems),
        (recorded): TE.TaskEither<IngestFailure, LeadOutcome<Kept>> => ingestLead(ports)(recorded),
      ),
    );
  const chunk = (
    part: readonly (readonly [number, Reading])[],
  ): TE.TaskEither<IngestFailure, readonly LeadOutcome<Kept>[]> =>
    pipe(
      inParallel(part.map((one) => () => ingest(one)())),
      TE.fromTask,
      TE.flatMapEither((outcomes) => E.sequenceArray(outcomes)),
    );
  return pipe(
    RA.chunksOf(atOnce)([...readings.entries()]),
    TE.traverseSeqArray(chunk),
    TE.map((parts) => parts.flat()),
  );
};

const earlierBy = (ms: number, { receivedAt, sentAt, correlationId }: Receipt): Receipt => ({
  receivedAt: new Date(receivedAt.getTime() - ms),
  ...(sentAt === undefined ? {} : { sentAt: new Date(sentAt.getTime() - ms) }),
  correlationId,
});
