import * as t from 'io-ts';
import { reads } from './endpoint';

/** What the page shows in its frame: the stack, and who acts. */
export const about = reads(
  '/api/about',
  t.type({}),
  t.readonly(
    t.type({
      stack: t.string,
      region: t.string,
      /** The ARN or name of the caller, without addresses. */
      by: t.string,
      /** Whether the cloud runs on this machine, so that mails can be shown. */
      isLocal: t.boolean,
      version: t.string,
    }),
  ),
);
