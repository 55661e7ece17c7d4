/**
 * Receives the progress of a command now and then.
 *
 * @param total an estimate while messages are still being read
 */
export type OnProgress = (
  activity:
    | 'checked'
    | 'compared'
    | 'read'
    | 'looked up'
    | 'redriven'
    | 'discarded'
    | 'replayed'
    | 'revalidated'
    | 'rebuilt'
    | 'leads'
    | 'quarantine'
    | 'written',
  done: number,
  total: number,
) => void;
