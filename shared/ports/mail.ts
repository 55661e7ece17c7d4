export type Mail = Readonly<{ subject: string; text: string; html: string }>;

/** `refused`: no mail was sent. `unconfirmed`: a mail may have been sent. */
export type MailFailure = Readonly<{ kind: 'refused' | 'unconfirmed'; detail: string }>;
