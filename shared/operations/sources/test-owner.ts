/** The owner of a lead of a test. The mail names it, so that its readers know what the lead is. */
export const testOwner: Uint8Array = Buffer.from(
  JSON.stringify({ owner_name: 'Leadline test (leadline sources test)' }),
);
