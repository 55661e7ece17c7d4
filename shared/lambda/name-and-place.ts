/** What a log may say of an error of our own: its message could hold what a sender wrote, its place is enough. */
export const nameAndPlace = (error: unknown): Readonly<{ error_name: string; error_place: string }> => ({
  error_name: error instanceof Error ? error.name : typeof error,
  error_place: error instanceof Error ? (/^ +at .+$/m.exec(error.stack ?? '')?.[0] ?? '').trim() : '',
});
