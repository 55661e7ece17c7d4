import type { RawKey } from '../lead/raw-key';

/** Another event's object, or one of an unknown event, lies under the key of an event: nothing was written. */
export type RawTaken = Readonly<{ kind: 'raw-taken'; s3_key: RawKey }>;
