/** A command was interrupted before it had begun to change anything. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted while the queue was read: nothing was changed, and all is back in it.');
    this.name = 'Interrupted';
  }
}
