import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Change, changeExpressions } from '../../../../shared/aws/event-change';
import { hasNotMovedSince, isFreeFor, isNotRecorded } from '../../../../shared/aws/event-conditions';
import { anyOf } from '../../../../shared/aws/condition';

const now = '2026-01-31T12:00:00.000Z';
const step = { at: now, what: 'failed', reason: 'owner-missing' } as const;

const plain: Change = { set: { requeues: 2 }, step, condition: hasNotMovedSince('2026', undefined) };

const full: Change = {
  set: { state: 'FAILED' },
  setOnce: { source: 'ingest' },
  join: { repeats: now },
  leave: { mail_claims: 'claim-1' },
  remove: ['claim_id', 'lease_until'],
  step,
  once: 'fail_id',
  condition: anyOf(isNotRecorded, isFreeFor('claim-1', now)),
};

describe('the expressions of a change', () => {
  it('set its fields, append its step, and require that the write is not done and the history not full', () => {
    const { ExpressionAttributeValues, ...rest } = changeExpressions(plain, { writeId: 'w', history: 'append' });
    expect(rest).toStrictEqual({
      UpdateExpression:
        'SET #requeues = :set_requeues, #write_id = :set_write_id, ' +
        '#history = list_append(if_not_exists(#history, :no_steps), :steps)',
      ConditionExpression:
        'pending_since = :seen AND attribute_not_exists(claim_id) AND (attribute_not_exists(#write_id) OR #write_id <> :set_write_id) ' +
        'AND (attribute_not_exists(#history) OR size(#history) < :most_steps)',
      ExpressionAttributeNames: { '#requeues': 'requeues', '#write_id': 'write_id', '#history': 'history' },
    });
    expect(unmarshall(ExpressionAttributeValues)).toStrictEqual({
      ':seen': '2026',
      ':set_requeues': 2,
      ':set_write_id': 'w',
      ':no_steps': [],
      ':steps': [step],
      ':most_steps': 50,
    });
  });

  it('have a section for each kind of change, and the id of the write in both of its attributes', () => {
    const { ExpressionAttributeValues, ...rest } = changeExpressions(full, { writeId: 'w', history: 'append' });
    expect(rest.UpdateExpression).toBe(
      'SET #state = :set_state, #write_id = :set_write_id, #fail_id = :set_fail_id, ' +
        '#source = if_not_exists(#source, :once_source), ' +
        '#history = list_append(if_not_exists(#history, :no_steps), :steps) ' +
        'REMOVE #claim_id, #lease_until ADD #repeats :join_repeats DELETE #mail_claims :leave_mail_claims',
    );
    expect(rest.ConditionExpression).toBe(
      '(attribute_not_exists(pk) OR #state IN (:received, :failed) OR ' +
        '(#state = :claimed AND (lease_until < :now OR claim_id = :mine))) ' +
        'AND (attribute_not_exists(#write_id) OR #write_id <> :set_write_id) ' +
        'AND (attribute_not_exists(#fail_id) OR #fail_id <> :set_fail_id) ' +
        'AND (attribute_not_exists(#history) OR size(#history) < :most_steps)',
    );
    expect(unmarshall(ExpressionAttributeValues)).toMatchObject({
      ':join_repeats': new Set([now]),
      ':leave_mail_claims': new Set(['claim-1']),
      ':set_fail_id': 'w',
    });
  });

  it('replace the last step of a full history, and do not ask for room', () => {
    const expressions = changeExpressions(plain, { writeId: 'w', history: 'replace-last' });
    expect(expressions.UpdateExpression).toContain('#history[49] = :step');
    expect(expressions.ConditionExpression).not.toContain('#history');
    expect(unmarshall(expressions.ExpressionAttributeValues)).toMatchObject({ ':step': step });
  });

  it.each([
    ['plain', plain],
    ['full', full],
  ])('use each placeholder of a %s change, and define each that they use', (_what, change) => {
    for (const history of ['append', 'replace-last'] as const) {
      const expressions = changeExpressions(change, { writeId: 'w', history });
      const text = `${expressions.UpdateExpression} ${expressions.ConditionExpression}`;
      const used = new Set(text.match(/[#:]\w+/g));
      const defined = [expressions.ExpressionAttributeNames, expressions.ExpressionAttributeValues].flatMap((of) =>
        Object.keys(of),
      );
      expect(new Set(defined)).toStrictEqual(used);
    }
  });
});
