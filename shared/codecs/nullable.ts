import * as t from 'io-ts';

/** In JSON that Leadline answers or prints, what is not known or does not apply is `null`. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null]);
