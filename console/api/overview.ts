import * as t from 'io-ts';
import { overview as overviewView } from '../../shared/operations/views/overview';
import { changes, reads } from './endpoint';

/**
 * The overview as the server has it now. The server sends each later one to the page: see `liveEvents`. `stale_since`
 * and `troubles` say what cannot be read.
 */
export const overview = reads('/api/overview', t.type({}), overviewView);

/** Counts all events anew, also if the table has more items than are counted without being asked. */
export const recount = changes('/api/overview/recount', t.type({}), t.type({}));
