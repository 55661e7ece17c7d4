import * as E from 'fp-ts/Either';
import { signRequest } from '../../shared/sources/signing/sign-request';
import { source } from '../../shared/sources/source';
import { samplePayloads } from '../support/sample-payloads';
import { stack } from './cloud';
import { deployedStacks } from './deployed';
import { putSources } from './put-source';
import { eventually, onceKnown } from './waiting';

describe.each(deployedStacks().map((deployed) => [deployed.region, stack(deployed)] as const))(
  'the providers in %s',
  (_region, cloud) => {
    /** Adds a source for each sample, by configuration alone. */
    beforeAll(() =>
      putSources(cloud, Object.fromEntries(samplePayloads.map(({ preset, source: entry }) => [preset, entry]))),
    );

    it.each(samplePayloads.map((sample) => [sample.preset, sample] as const))(
      'a signed request of %s becomes the leads of its sample, which are mailed once',
      async (preset, { body, contentType, source: entry, expected }) => {
        const decoded = source.decode(entry);
        if (E.isLeft(decoded)) throw new Error(preset);
        for (const { lead_id = '' } of expected) await cloud.putOwner(lead_id, { owner_name: `Owner of ${preset}` });
        const path = `/webhook/${preset}`;
        const send = () => {
          const request = {
            method: 'POST',
            // The host that the client calls, and the path with the stage.
            url: `https://${new URL(cloud.apiUrl).host}/Prod${path}`,
            headers: { 'content-type': [contentType] },
            body: Buffer.from(body),
          };
          const signed = signRequest(decoded.right.auth, request, new Date());
          const headers = Object.entries(signed.headers).map(([name, values]) => [name, values.join(',')] as const);
          return cloud.post(path, signed.body, Object.fromEntries(headers));
        };
        expect(await onceKnown(send)).toMatchObject({ status: 202, body: { status: 'accepted' } });
        expect(await onceKnown(send)).toMatchObject({ status: 200, body: { status: 'duplicate' } });
        for (const { lead_id = '', display_name, email } of expected) {
          const mails = await eventually(`the mail about a lead of ${preset}`, async () => {
            const sent = await cloud.mailsAbout(lead_id);
            return sent.length > 0 ? sent : undefined;
          });
          expect(mails).toHaveLength(1);
          expect(mails[0]?.text).toContain(email);
          expect(mails[0]?.subject).toContain(display_name ?? email);
        }
      },
    );
  },
);
