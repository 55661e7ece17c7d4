import { randomBytes, timingSafeEqual } from 'node:crypto';

/** How long an address of the console can be used, in milliseconds. */
const usableMs = 10 * 60_000;

type Tokens = Readonly<{
  /** Makes a token that can be exchanged once, within 10 minutes. An earlier one stays usable. */
  make: () => string;
  /** Exchanges a token for a session. @returns the id of the session, or `undefined` for a wrong or used token */
  exchange: (token: string) => string | undefined;
  isSession: (id: string) => boolean;
}>;

/** The one-time tokens and the sessions of one console. Both end with the process. */
export const tokens = (now: () => Date): Tokens => {
  const made = new Map<string, number>();
  const sessions: string[] = [];
  return {
    make: () => {
      for (const [token, until] of made) if (until < now().getTime()) made.delete(token);
      const token = randomText();
      made.set(token, now().getTime() + usableMs);
      return token;
    },
    exchange: (token) => {
      const found = [...made.keys()].find((one) => isSame(one, token));
      if (found === undefined) return undefined;
      const until = made.get(found) ?? 0;
      made.delete(found);
      if (until < now().getTime()) return undefined;
      const session = randomText();
      sessions.push(session);
      return session;
    },
    isSession: (id) => sessions.some((session) => isSame(session, id)),
  };
};

const randomText = (): string => randomBytes(32).toString('base64url');

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
