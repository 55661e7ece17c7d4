import * as t from 'io-ts';
import { storedProblem } from '../codecs/stored-problem';

/** What ingestion could not read as it was sent: the name of a field, and what was done. Never the value. */
export const readWarnings = t.readonlyArray(storedProblem, 'ReadWarnings');
