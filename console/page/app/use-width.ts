import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width of an element in pixels, also after the window has changed. 0 before it is drawn. */
export const useWidth = <Kind extends Element>(): readonly [RefObject<Kind | null>, number] => {
  const element = useRef<Kind>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
};
