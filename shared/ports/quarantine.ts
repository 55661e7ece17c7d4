import type { TaskEither } from 'fp-ts/TaskEither';
import type { ValidationProblem } from '../codecs/validation-problem';
import type { LeadOrigin } from '../stored/lead-origin';
import type { StoreFailure } from './store-failure';

/** An authentic request, or one lead of it, that could not be read as a lead. It has no secrets. */
export type QuarantinedRequest = Readonly<{
  /** 64 hexadecimal digits that depend on source and content, so that a retry of the sender has the same id. */
  id: string;
  sourceId: string;
  /** An instant in UTC. */
  receivedAt: string;
  correlationId: string;
  /** `lead`: the JSON of one lead of a body with several. `body`: the bytes of the body as they were sent. */
  kind: 'body' | 'lead';
  method: string;
  url: string;
  headers: Readonly<Record<string, readonly string[]>>;
  contentType: string;
  body: Uint8Array;
  /** Of one lead of a body with several. */
  origin?: LeadOrigin;
  /** Why it is no lead: places and expectations, never values. */
  problems: readonly ValidationProblem[];
}>;

/** Keeps a request for an operator. `known`: it is kept already, because its sender sent it before. */
export type Quarantine = (request: QuarantinedRequest) => TaskEither<StoreFailure, 'new' | 'known'>;
