/**
 * Waits before each message, so that a command stays under the rate that the operator gave.
 *
 * @param keepHidden is called now and then during a long wait, so that held messages stay hidden
 */
export type Pace = (keepHidden: () => Promise<void>) => Promise<void>;
