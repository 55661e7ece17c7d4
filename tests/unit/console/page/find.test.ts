import { targetOf } from '../../../../console/page/app/find';
import { leadId } from '../../../../shared/lead/lead-id';

test('an e-mail address leads to the leads that have it, and any id of a lead to that lead, also one with an @', () => {
  expect(targetOf('eva@lindab.example')).toStrictEqual({ to: '/leads', search: { email: 'eva@lindab.example' } });
  for (const id of ['LD-1', 'A@1', '@', 'crm@lead', '00Q5g00000@prod'])
    expect([leadId.is(id), targetOf(id)]).toStrictEqual([true, { to: '/leads/lead', search: { id } }]);
});
