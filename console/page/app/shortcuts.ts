import { useEffect, useRef, useSyncExternalStore } from 'react';

/** A key, or two keys after each other as in `g o`, and what they do. */
export type Shortcut = Readonly<{
  /** Keys as `KeyboardEvent.key` names them, with a space between two keys: `/`, `j`, `Enter`, `g o`. */
  keys: string;
  /** What it does, as a list shows it: "Go to the leads". */
  does: string;
  run: () => void;
  /** Whether it is only listed now, because it needs something first: a chosen row, a row with the focus. */
  isLater?: boolean;
}>;

/** How long the second key of a shortcut may take, in milliseconds. */
const secondKeyMs = 1200;

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

const change = (to: readonly Shortcut[]): void => {
  registered = to;
  listeners.forEach((listener) => listener());
};

/** Adds shortcuts. Of two with the same keys the later one counts. @returns a function that removes them */
export const addShortcuts = (shortcuts: readonly Shortcut[]): (() => void) => {
  change([...registered, ...shortcuts]);
  return () => change(registered.filter((shortcut) => !shortcuts.includes(shortcut)));
};

/** The shortcut for keys, if there is one. */
export const shortcutOf = (keys: string): Shortcut | undefined =>
  registered.findLast((shortcut) => shortcut.keys === keys && shortcut.isLater !== true);

const isFirstKey = (key: string): boolean => registered.some(({ keys }) => keys.startsWith(`${key} `));

/** The part of a pressed key that decides. */
export type Press = Readonly<{ key: string; at: number; isModified: boolean; isTyping: boolean }>;

/**
 * Finds shortcuts in a row of pressed keys. Nothing is a shortcut while the user types into a field, or with a key that
 * belongs to the browser.
 */
export const keyReader = () => {
  let first: { key: string; at: number } | undefined;
  return ({ key, at, isModified, isTyping }: Press): Shortcut | undefined => {
    const before = first !== undefined && at - first.at <= secondKeyMs ? first.key : undefined;
    first = undefined;
    if (isModified || isTyping) return undefined;
    const found = (before === undefined ? undefined : shortcutOf(`${before} ${key}`)) ?? shortcutOf(key);
    if (found === undefined && isFirstKey(key)) first = { key, at };
    return found;
  };
};

/**
 * Registers a shortcut while a view is shown.
 *
 * @param isOn whether the shortcut is valid now. `later`: it is not, but it belongs to the page, so that it is listed
 */
export const useShortcut = (keys: string, does: string, run: () => void, isOn: boolean | 'later' = true): void => {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(
    () =>
      isOn === false
        ? undefined
        : addShortcuts([{ keys, does, run: () => latest.current(), isLater: isOn === 'later' }]),
    [keys, does, isOn],
  );
};

/** The keys of the frame, which are the same on each page. */
const ofEachPage = /^(\/|\?|g .)$/;

/** The shortcuts as a list shows them, those of the open page apart. Of two with the same keys only the later one. */
export const listedShortcuts = (
  all: readonly Shortcut[],
): Readonly<{ ofPage: readonly Shortcut[]; ofEachPage: readonly Shortcut[] }> => {
  const latest = all.filter((one, place) => !all.slice(place + 1).some(({ keys }) => keys === one.keys));
  return {
    ofPage: latest.filter(({ keys }) => !ofEachPage.test(keys)),
    ofEachPage: latest.filter(({ keys }) => ofEachPage.test(keys)),
  };
};

/** All registered shortcuts, also those that are only listed. */
export const useShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );
