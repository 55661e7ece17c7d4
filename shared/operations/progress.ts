/**
 * Receives the progress of a command now and then.
 *
 * @param total an estimate while messages are still being read; 0 if it is not known
 */
export type OnProgress = (
  activity:
    | 'checked'
    | 'compared'
    | 'found'
    | 'read'
    | 'looked up'
    | 'redriven'
    | 'discarded'
    | 'replayed'
    | 'revalidated'
    | 'rebuilt'
    | 'leads'
    | 'quarantine'
    | 'sent'
    | 'written',
  done: number,
  total: number,
) => void;
