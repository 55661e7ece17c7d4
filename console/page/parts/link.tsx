import type { AnchorHTMLAttributes } from 'react';
import { Link as PlainLink } from 'wouter';
import type { Path } from '../app/addresses';
import { hrefOf, type Target } from '../app/navigate';

type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>;

/** A link to a state of a page. With a modifier key the browser opens it as any link. */
export const Link = <To extends Path>({
  to,
  search,
  replace = false,
  ...rest
}: Target<To> & Readonly<{ replace?: boolean }> & Rest) => (
  <PlainLink href={hrefOf({ to, ...(search === undefined ? {} : { search }) })} replace={replace} {...rest} />
);
