/** Whether the server has masked a text, or a part of it. */
export const isMasked = (text: string): boolean => text.includes('•••') || text.includes('***');
