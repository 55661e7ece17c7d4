/** An operator interrupted a command before it had changed anything. */
export class Interrupted extends Error {
  /** @param stillHidden how many messages of the dead-letter queue could not be made visible again */
  constructor(stillHidden = 0) {
    super(
      stillHidden === 0
        ? 'Interrupted before anything was changed.'
        : 'Interrupted before anything was changed. ' +
            `${stillHidden} dead letters could not be made visible again. They stay hidden for at most 5 minutes.`,
    );
    this.name = 'Interrupted';
  }
}
