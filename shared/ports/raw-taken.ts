import type { RawKey } from '../lead/raw-key';

/** The key of an event has the object of another event, or of an unknown writer. Nothing was written. */
export type RawTaken = Readonly<{ kind: 'raw-taken'; s3_key: RawKey }>;
