/**
 * The name and the message of an error, for `adviceOn`. The code is put before a message that lacks it: if all
 * addresses of a host refuse a connection, Node.js gives only a code.
 */
export const nameAndMessage = (error: unknown): Readonly<{ name: string; message: string }> => {
  if (!(error instanceof Error)) return { name: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return {
    name: error.name,
    message: error.message.includes(code) ? error.message : `${code} ${error.message}`.trim(),
  };
};
