/** A page in the navigation, and the key that follows `g` to go there. A page adds its line here. */
export type NavigationItem = Readonly<{
  to: string;
  title: string;
  key: string;
  count?: 'dead-letters' | 'quarantine';
}>;

export const navigation = [{ to: '/', title: 'Overview', key: 'o' }] as const satisfies readonly NavigationItem[];
