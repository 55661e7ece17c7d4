import { heldText } from '../../../../console/page/format/needs';

test.each([
  [{ body: 1, lead: 0 }, '1 request that could not be read as a lead.'],
  [{ body: 2, lead: 0 }, '2 requests that could not be read as leads.'],
  [{ body: 1, lead: 1 }, '1 request that could not be read as a lead, 1 lead of a larger request.'],
  [{ body: 0, lead: 3 }, '3 leads of larger requests.'],
])('%j in quarantine is said as %s', (kinds, text) => {
  expect(heldText(kinds)).toBe(text);
});
