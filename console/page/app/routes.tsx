import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from '../parts/frame';
import { NoSuchPage, PageError } from '../parts/page-error';
import { Refusal } from '../pages/refusal';
import { parseSearch, stringifySearch } from './search-params';

const root = createRootRoute({ component: Frame });

/** Each page is a chunk of its own, loaded when it is opened. */
const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview'), 'Overview'),
});

const refused = createRoute({ getParentRoute: () => root, path: '/refused', component: Refusal });

export const router = createRouter({
  routeTree: root.addChildren([overview, refused]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NoSuchPage,
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
