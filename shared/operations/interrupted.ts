/** A command was interrupted before it had begun to change anything. */
export class Interrupted extends Error {
  /** @param stillHidden how many messages of the dead-letter queue could not be put back */
  constructor(stillHidden = 0) {
    super(
      stillHidden === 0
        ? 'Interrupted before anything was changed.'
        : `Interrupted before anything was changed. ${stillHidden} dead letters could not be put back: they stay hidden for up to 5 minutes.`,
    );
    this.name = 'Interrupted';
  }
}
