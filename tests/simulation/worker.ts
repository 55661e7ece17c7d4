/** A copy of a function while it runs one invocation, or an operator's command. */
export class Worker {
  state: 'running' | 'done' | 'dead' = 'running';
  endedAt = Infinity;

  constructor(
    readonly name: string,
    readonly skewMs: number,
    readonly startedAt: number,
    readonly onDeath: (why: string) => void,
  ) {}
}
