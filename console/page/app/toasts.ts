import { useSyncExternalStore } from 'react';

/** The result of an action, in a sentence. A failure stays until the user closes it. */
export type Toast = Readonly<{ id: number; kind: 'done' | 'failed'; text: string }>;

/** How long a result that needs no action is shown, in milliseconds. */
const shownMs = 6_000;

let shown: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

const change = (to: readonly Toast[]): void => {
  shown = to;
  listeners.forEach((listener) => listener());
};

export const closeToast = (id: number): void => change(shown.filter((toast) => toast.id !== id));

/** Shows the result of an action. */
export const toast = (kind: Toast['kind'], text: string): void => {
  const id = nextId++;
  change([...shown.slice(-3), { id, kind, text }]);
  if (kind === 'done') setTimeout(() => closeToast(id), shownMs);
};

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
