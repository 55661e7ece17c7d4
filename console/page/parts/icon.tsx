const paths = {
  alert: 'M8 1.8 15 14H1L8 1.8ZM8 6.3v3.2M8 11.7v.1',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8z',
  down: 'M4 6l4 4 4-4',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  'eye-off':
    'M2 2l12 12M6.2 3.8A6 6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-2 2.5M4 5a12 12 0 0 0-2.5 3S4 12.5 8 12.5a6 6 0 0 0 3-.8',
  key: 'M10.5 8.5a3 3 0 1 0-3-3l-5 5v3h3v-2h2v-2z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z',
  offline:
    'M2 2l12 12M4.3 8.3A5.5 5.5 0 0 1 6 7.2M9.6 7a5.5 5.5 0 0 1 2 1.3M1.8 5.8A9 9 0 0 1 4 4.3M7 3.3a9 9 0 0 1 7.2 2.5M6.6 10.8a2 2 0 0 1 2.8 0M8 13v.1',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  stop: 'M4 4h8v8H4z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  up: 'M4 10l4-4 4 4',
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside a word that says the same, so that screen readers skip it. */
export const Icon = ({ name }: Readonly<{ name: IconName }>) => (
  <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
);
