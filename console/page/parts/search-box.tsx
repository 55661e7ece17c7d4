import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../app/shortcuts';
import { TextField } from './field';

/** How long the user must pause before a text is searched, in milliseconds. */
const pauseMs = 200;

/** Searches while the user types. `f` goes to it. @param onSearch gets the text without spaces around it */
export const SearchBox = ({
  label,
  value,
  onSearch,
}: Readonly<{ label: string; value: string; onSearch: (text: string) => void }>) => {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(onSearch);
  // The address can change without the box: a link, or the way back.
  if (known !== value) {
    setKnown(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    latest.current = onSearch;
  });
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => latest.current(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  useShortcut('f', label, () => box.current?.querySelector('input')?.focus());
  return (
    <div ref={box} className="search-box">
      <TextField
        label={label}
        isLabelHidden
        type="search"
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
};
