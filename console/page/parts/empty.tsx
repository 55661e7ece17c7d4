import type { ReactNode } from 'react';

/** In place of a list without entries: why it is empty, and what to do next. */
export const Empty = ({ title, children }: Readonly<{ title: string; children?: ReactNode }>) => (
  <div className="empty">
    <b>{title}</b>
    {children === undefined ? null : <div className="sub">{children}</div>}
  </div>
);
