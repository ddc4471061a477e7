import { GatewayError } from '../errors.js';

/** Where the gateway is, without a slash at the end, and the token to call it with. */
export type ClientEnvironment = { url: string; token: string };

const urlName = 'FIRMABLE_GATEWAY_URL';
const tokenName = 'FIRMABLE_GATEWAY_TOKEN';

/** Reads the variables of the commands that call a gateway. Throws INVALID_INPUT, never with the token in the message. */
export const readClientEnvironment = (env: NodeJS.ProcessEnv): ClientEnvironment => {
  const url = readUrl(env[urlName]?.trim() ?? '');
  const token = env[tokenName]?.trim() ?? '';
  if (token === '') throw wrong(`${tokenName} is not set: set it to a token of the gateway (fgw_…).`);
  if (!/^fgw_[\w-]{8,200}$/.test(token)) {
    throw wrong(`${tokenName} is not a token of the gateway: one begins with fgw_.`);
  }
  return { url, token };
};

const readUrl = (text: string): string => {
  const example = 'set it to the address of the gateway, such as http://127.0.0.1:4000.';
  if (text === '') throw wrong(`${urlName} is not set: ${example}`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong(`${urlName} is not an http or https address: ${example}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong(`${urlName} has a user name or password: leave them out, the token is enough.`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/graphql$/, '')}`;
};

const wrong = (message: string): GatewayError => new GatewayError('INVALID_INPUT', message);
