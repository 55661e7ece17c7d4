import { hmacOf, plainRecipe, type Recipe } from './recipe';
import { partsOf } from './signed-template';

/** One header with a timestamp in seconds and signatures, as in `t=1492774577,v1=5257a8…,v1=6ffbb5…`. */
export const timestampAndSignatures = (header: string, toleranceSeconds: number): Recipe => ({
  ...plainRecipe,
  digest: hmacOf('sha256', 'utf8'),
  signed: partsOf('{timestamp}.{body}'),
  signature: { header, prefix: 'v1=', separator: ',', encoding: 'hex' },
  timestamp: { header, prefix: 't=', separator: ',', unit: 's', toleranceSeconds },
});
