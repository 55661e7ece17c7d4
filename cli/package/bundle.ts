import { build, type Metafile } from 'esbuild';
import { root } from '../../dev/paths';

/**
 * Bundles `leadline` with all packages into one file, for Node.js 20 and later. It finds the files of its package from one
 * folder below (`dev/paths.ts`).
 *
 * @returns which files it read
 */
export const bundleLeadline = async (outfile: string): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Names of classes are kept: the SDK and `advice.ts` know errors by them.
    minifyWhitespace: true,
    minifySyntax: true,
    mainFields: ['module', 'main'],
    // For proxies that a script chooses. `checkEnvironment` refuses them, so that proxy-agent never imports it.
    external: ['pac-proxy-agent'],
    legalComments: 'none',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
};
