/** The command whose terminal prints another address of the console: the server writes it into the page. */
export const startedBy = (): string =>
  globalThis.document.querySelector<HTMLMetaElement>('meta[name=started-by]')?.content ?? 'leadline console';
