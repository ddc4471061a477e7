import { GatewayError } from '../errors.js';

/** Why the server could not listen, with the remedy; any other error is returned as it is. */
export const explainListenFault = (error: unknown, at: { host: string; port: number }): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const sentence = {
    EADDRINUSE: `Port ${at.port} on ${at.host} is taken: stop what listens there, or set PORT to another.`,
    EACCES: `Port ${at.port} may not be opened by this account: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${at.host} is not an address of this machine: set HOST to one that is, such as 127.0.0.1.`,
    ENOTFOUND: `${at.host} is not known: set HOST to an address of this machine, such as 127.0.0.1.`,
  }[String(code)];
  return sentence === undefined ? error : new GatewayError('UNAVAILABLE', sentence, { cause: error });
};
