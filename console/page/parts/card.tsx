import { type ReactNode, useId } from 'react';

/**
 * A part of a page, with a heading.
 *
 * @param title without it, `label` names the part for screen readers
 * @param aside beside the heading
 * @param isFlush the content reaches the edges, as a table does
 */
export const Card = ({
  title,
  label,
  aside,
  isFlush = false,
  children,
}: Readonly<{ title?: string; label?: string; aside?: ReactNode; isFlush?: boolean; children: ReactNode }>) => {
  const id = useId();
  return (
    <section className="card" {...(title === undefined ? { 'aria-label': label } : { 'aria-labelledby': id })}>
      {title === undefined && aside === undefined ? null : (
        <div className="head">
          {title === undefined ? <span /> : <h2 id={id}>{title}</h2>}
          {aside}
        </div>
      )}
      {isFlush ? children : <div className="body">{children}</div>}
    </section>
  );
};
