import type { ReactNode } from 'react';

/**
 * A place whose text screen readers read when it changes. They read what is added to a region that is there already, and
 * as a rule not a region that appears together with its text. So it is mounted also while it is empty.
 */
export const LiveRegion = ({ children }: Readonly<{ children?: ReactNode }>) => (
  <div className="live-region" role="status">
    {children}
  </div>
);
