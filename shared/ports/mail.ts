export type Mail = Readonly<{ subject: string; text: string; html: string }>;

/** `refused`: nothing was sent. `unconfirmed`: nobody knows; it may have been. */
export type MailFailure = Readonly<{ kind: 'refused' | 'unconfirmed'; detail: string }>;
