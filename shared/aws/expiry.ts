/** When an item expires that is kept for some days from a moment on: in seconds since 1970, as DynamoDB expects it. */
export const expiryOf = (from: Date, retentionDays: number): number =>
  Math.floor(from.getTime() / 1000) + retentionDays * 86_400;
