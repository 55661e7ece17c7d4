/** A process that runs one invocation of a function, or one command of an operator. */
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
