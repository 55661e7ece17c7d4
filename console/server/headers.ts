import type { MiddlewareHandler } from 'hono';

/**
 * Headers of each answer. The page loads only what this server serves, and no other page can show it in a frame.
 *
 * @param nonce of the style elements that libraries add to the page
 */
export const securityHeaders =
  (nonce: string): MiddlewareHandler =>
  async (context, next) => {
    await next();
    context.header('content-security-policy', policy(nonce));
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('cross-origin-opener-policy', 'same-origin');
    context.header('cross-origin-resource-policy', 'same-origin');
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  };

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
