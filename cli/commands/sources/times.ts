/** How old the functions' copy of the sources may be when they meet a new source or secret: `shared/aws/source-secrets.ts`. */
export const refreshSeconds = 30;

/** How old that copy may become. A removed secret is accepted for this time. */
export const removalMinutes = 5;
