import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { listenToKeys } from '../app/listen-to-keys';
import { PersonalProvider } from '../app/personal';
import { useShortcut } from '../app/shortcuts';
import { Navigation } from './navigation';
import { Toasts } from './toasts';

const ShortcutList = lazy(() => import('./shortcut-list').then((found) => ({ default: found.ShortcutList })));

/** The navigation, and the page that is open. */
export const Frame = () => {
  const { pathname } = useLocation();
  const [isListOpen, setIsListOpen] = useState(false);
  useEffect(listenToKeys, []);
  useShortcut('?', 'Show this list', () => setIsListOpen(true));
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Navigation />
      <main id="content" tabIndex={-1}>
        <PersonalProvider page={pathname}>
          <Outlet />
        </PersonalProvider>
      </main>
      <Toasts />
      {isListOpen ? (
        <Suspense>
          <ShortcutList onClose={() => setIsListOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
};
