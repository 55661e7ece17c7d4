import type { Path } from './addresses';

/** A page in the navigation, and the key that follows `g` to go there. */
export type NavigationItem = Readonly<{ to: Path; title: string; key: string; count?: 'dead-letters' | 'quarantine' }>;

export const navigation: readonly NavigationItem[] = [
  { to: '/', title: 'Overview', key: 'o' },
  { to: '/leads', title: 'Leads', key: 'l' },
  { to: '/dead-letters', title: 'Dead letters', key: 'd', count: 'dead-letters' },
  { to: '/quarantine', title: 'Quarantine', key: 'q', count: 'quarantine' },
  { to: '/sources', title: 'Sources', key: 's' },
  { to: '/owners', title: 'Owners', key: 'w' },
  { to: '/send', title: 'Send a lead', key: 'n' },
];
