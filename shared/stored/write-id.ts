import * as t from 'io-ts';

/**
 * Attributes that have the id of the latest write of a kind. If the SDK retries a write whose response was lost, the
 * caller recognises its own write by this id, even if others have written the item since. A claim is recognised by its
 * `claim_id` and the record of an event by its `recorded_by`.
 */
export const writeIds = {
  notify_id: t.string,
  fail_id: t.string,
  replay_id: t.string,
  remap_id: t.string,
  discard_id: t.string,
  give_up_id: t.string,
  requeue_id: t.string,
  redrive_id: t.string,
  repeat_id: t.string,
  refresh_id: t.string,
  refresh_end_id: t.string,
};

export type WriteId = keyof typeof writeIds;
