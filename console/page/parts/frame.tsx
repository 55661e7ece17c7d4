import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { isPath } from '../app/addresses';
import { listenToKeys } from '../app/listen-to-keys';
import { usePath, useSubject } from '../app/navigate';
import { pages } from '../app/pages';
import { PersonalProvider } from '../app/personal';
import { useShortcut } from '../app/shortcuts';
import { Skeleton } from './answer';
import { ErrorBoundary } from './error-boundary';
import { Navigation } from './navigation';
import { NoSuchPage } from './page-error';
import { Toasts } from './toasts';

const ShortcutList = lazy(() => import('./shortcut-list').then((found) => ({ default: found.ShortcutList })));

/** The navigation, and the page that is open. */
export const Frame = () => {
  const path = usePath();
  const subject = useSubject();
  const Page = isPath(path) ? pages[path] : NoSuchPage;
  const [isListOpen, setIsListOpen] = useState(false);
  useEffect(listenToKeys, []);
  useShortcut('?', 'Show this list', () => setIsListOpen(true));
  useLayoutEffect(() => {
    // Newer browsers return a promise, which React would call as a function.
    window.scrollTo(0, 0);
  }, [subject]);
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Navigation />
      <main id="content" tabIndex={-1}>
        <PersonalProvider page={subject}>
          <ErrorBoundary key={subject}>
            <Suspense fallback={<Skeleton lines={6} />}>
              <Page />
            </Suspense>
          </ErrorBoundary>
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
