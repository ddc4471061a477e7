import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Mail = { from: string; to: string[]; text: string };

export type MailServer = {
  port: number;
  mails: Mail[];
  /** What the server refuses from now on. Its words repeat an address. */
  refusal: { status: number; when: 'RCPT' | 'DATA' } | null;
  close: () => Promise<void>;
};

/** A real SMTP server. Without `tls` it offers no TLS. */
export const startMailServer = async ({
  password,
  tls,
}: {
  password: string;
  tls?: Pick<SMTPServerOptions, 'secure' | 'key' | 'cert'>;
}): Promise<MailServer> => {
  const refuse = (when: 'RCPT' | 'DATA'): Error | null =>
    mailServer.refusal?.when === when
      ? Object.assign(new Error('no secret@example.com here'), { responseCode: mailServer.refusal.status })
      : null;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    ...(tls ?? { disabledCommands: ['STARTTLS'] }),
    onAuth: (auth, _session, done) =>
      auth.password === password
        ? done(null, { user: auth.username })
        : done(new Error(`no ${auth.password} here`)),
    onRcptTo: (_address, _session, done) => done(refuse('RCPT')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        const refused = refuse('DATA');
        if (refused === null)
          mailServer.mails.push({ from, to, text: Buffer.concat(chunks).toString('utf8') });
        done(refused);
      });
    },
  });
  // A client that breaks off a handshake.
  server.on('error', () => {});
  const mailServer: MailServer = {
    port: 0,
    mails: [],
    refusal: null,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
  mailServer.port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return mailServer;
};
