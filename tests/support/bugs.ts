import type * as TE from 'fp-ts/TaskEither';

export const bug = () => new TypeError('undefined is not a function');

/** The ways in which a bug in a port can appear, by what the port does. */
export const bugs: Readonly<Record<string, () => TE.TaskEither<never, never>>> = {
  'throws when it is called': () => {
    throw bug();
  },
  'throws when its task runs': () => () => {
    throw bug();
  },
  'rejects at once': () => () => Promise.reject(bug()),
  'rejects later': () => () => new Promise((_, reject) => setTimeout(() => reject(bug()), 20)),
};
