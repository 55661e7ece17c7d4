import * as t from 'io-ts';

/**
 * The events of `/api/live`. `overview` has an Overview, and comes at most twice a second, only if it differs. `task` has
 * a Task. `changed` names what a list should read again. `alive` comes if nothing else does, about every 15 seconds.
 */
export const liveEvents = ['overview', 'task', 'changed', 'alive'] as const;

/** `leads`: events were received or moved, so that lists of leads and the history of a lead may have changed. */
export const changed = t.readonly(t.type({ what: t.keyof({ leads: null }) }), 'Changed');

export type Changed = t.TypeOf<typeof changed>;
