/** The origin of the web pages that may read leads of the stack on LocalStack. */
export const corsOrigin = 'https://leads.example.com';
