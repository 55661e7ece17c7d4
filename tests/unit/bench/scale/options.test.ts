import { readOptions } from '../../../../bench/scale/options';
import { defaultSettings } from '../../../../bench/scale/settings';

test.each(['toString=5', '__proto__=5', 'constructor=5', 'nothing=5', 'batchSize', '=5', ''])(
  'a setting that does not exist is refused with the names that do: %s',
  (change) => {
    expect(() => readOptions(['--set', change], defaultSettings())).toThrow(/^--set takes NAME=VALUE.*batchSize/);
  },
);
