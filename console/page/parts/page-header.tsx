import { type ReactNode, useEffect, useRef } from 'react';
import { usePath } from '../app/navigate';

/** The page whose heading had the focus last. The first page keeps the focus where the browser puts it. */
let focusedPage = globalThis.location.pathname;

/** Focuses the title of the page, for a control that is not there any more once it was used. */
export const focusTitle = (): void => document.querySelector<HTMLElement>('main h1')?.focus();

/**
 * The head of a page: its title, which is also the title of the document, what it is for, and its actions. After a
 * navigation the title gets the focus, so that screen readers and the keyboard start at the top of the new page.
 *
 * @param trail links to what is above the page
 * @param beside what belongs to the title, such as a state
 */
export const PageHeader = ({
  title,
  sub,
  trail,
  beside,
  children,
}: Readonly<{ title: string; sub?: ReactNode; trail?: ReactNode; beside?: ReactNode; children?: ReactNode }>) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = usePath();
  useEffect(() => {
    document.title = `${title} · Leadline`;
  }, [title]);
  useEffect(() => {
    if (focusedPage === path) return;
    focusedPage = path;
    heading.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <header className="page-header">
      <div className="titles">
        {trail === undefined ? null : <p className="trail dim">{trail}</p>}
        <div className="row">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {beside}
        </div>
        {sub === undefined ? null : <p className="sub">{sub}</p>}
      </div>
      {children === undefined ? null : <div className="row actions">{children}</div>}
    </header>
  );
};
