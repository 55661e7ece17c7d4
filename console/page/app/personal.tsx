import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

/** Whether the server sends personal data as it is. Each request that has some takes it as `personal`. */
export type PersonalData = 'masked' | 'shown';

type Personal = Readonly<{ personal: PersonalData; toggle: () => void }>;

const PersonalContext = createContext<Personal>({ personal: 'masked', toggle: () => undefined });

/**
 * Remembers whether personal data is shown on one page. Another page starts masked, and the same page of another lead.
 *
 * @param page the path of the page, with what it is about
 */
export const PersonalProvider = ({ page, children }: Readonly<{ page: string; children: ReactNode }>) => {
  const [shownOn, setShownOn] = useState<string | undefined>();
  const toggle = useCallback(() => setShownOn((known) => (known === page ? undefined : page)), [page]);
  const isShown = shownOn === page;
  // A page that was left is masked when the user comes back to it.
  if (shownOn !== undefined && !isShown) setShownOn(undefined);
  const value = useMemo((): Personal => ({ personal: isShown ? 'shown' : 'masked', toggle }), [isShown, toggle]);
  return <PersonalContext value={value}>{children}</PersonalContext>;
};

/** `personal` goes into the input of each request of the page that takes it. */
export const usePersonal = (): Personal => useContext(PersonalContext);
