import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

/** The first part of the keys of lists that are read page by page. Reading all their pages again would take long. */
export const pagesKey = 'pages';

let changes = 0;
const listeners = new Set<() => void>();

/** Notes that leads were received or moved. A list of them decides when it reads again. */
export const noteLeadsChanged = (): void => {
  changes += 1;
  listeners.forEach((listener) => listener());
};

/** Counts how often leads have changed. */
export const useLeadChanges = (): number =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => changes,
  );

/** Reads all that is on the page again, after an action or a lost connection. */
export const readAgain = (queries: QueryClient): Promise<void> => {
  noteLeadsChanged();
  return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== pagesKey });
};
