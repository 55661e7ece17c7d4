import { asDeployed, type Variant } from './functions';
import { claimsVariants } from './variants/claims';
import { enrichmentVariants } from './variants/enrichment';
import { ingestionVariants } from './variants/ingestion';
import { limitsVariants } from './variants/limits';
import { quarantineVariants } from './variants/quarantine';
import { rebuildVariants } from './variants/rebuild';
import { reconcilerVariants } from './variants/reconciler';

/** Protocols that are broken on purpose. A good simulation detects each of them within few seeds. */
export const variants: readonly Variant[] = [
  ...ingestionVariants,
  ...claimsVariants,
  ...enrichmentVariants,
  ...reconcilerVariants,
  ...limitsVariants,
  ...quarantineVariants,
  ...rebuildVariants,
];

/** @throws an Error that lists the variants, if no variant has this name */
export const variantNamed = (name: string): Variant => {
  const all = [asDeployed, ...variants];
  const found = all.find((variant) => variant.name === name);
  if (found === undefined) {
    throw new Error(`There is no variant ${name}. There are: ${all.map((one) => one.name).join(', ')}`);
  }
  return found;
};
