import { withoutAddresses } from '../../../../cli/stack/operator';

describe('the operator whom the history of an event names', () => {
  it('is an ARN as it is', () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/Operator/i-0abc';
    expect(withoutAddresses(arn)).toBe(arn);
  });

  it('is a hash where the session is named by an address, another one for each person', () => {
    const session = (person: string) => withoutAddresses(`arn:aws:sts::123456789012:assumed-role/Operator/${person}`);
    expect(session('jane@example.com')).toMatch(/:assumed-role\/Operator\/address-[0-9a-f]{8}$/);
    expect(session('jane@example.com')).not.toBe(session('john@example.com'));
    expect(withoutAddresses('user DOMAIN\\jane@example.com')).not.toContain('example.com');
  });
});
