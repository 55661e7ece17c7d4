import { interruptions, orInterrupted } from '../../../../cli/terminal/interruptions';
import { Interrupted } from '../../../../shared/operations/interrupted';

describe('an interruption', () => {
  it('interrupts first, also if the signal arrives twice at once, and ends the process when it is repeated', () => {
    const seen: string[] = [];
    let now = 0;
    const onSignal = interruptions({
      interrupt: () => seen.push('interrupted'),
      end: () => seen.push('ended'),
      now: () => now,
    });
    onSignal();
    onSignal();
    expect(seen).toStrictEqual(['interrupted']);
    now = 2_000;
    onSignal();
    expect(seen).toStrictEqual(['interrupted', 'ended']);
  });

  it('ends a wait for an answer that never arrives', async () => {
    const interruption = new AbortController();
    const waiting = orInterrupted(interruption.signal)(new Promise(() => undefined));
    interruption.abort();
    await expect(waiting).rejects.toThrow(Interrupted);
  });
});
