import { GatewayError } from '../errors.js';

/**
 * The token in an Authorization header, the only place that it is read from: never from a cookie or an address, so no
 * foreign page can use it and no log of addresses holds it. Throws UNAUTHENTICATED.
 */
export const bearerToken = (header: string | null): string => {
  if (header === null) throw new GatewayError('UNAUTHENTICATED', missingToken);
  const token = /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  throw new GatewayError(
    'UNAUTHENTICATED',
    'The Authorization header is not of the form "Bearer fgw_…": send the token after the word Bearer and one space.',
  );
};

export const missingToken =
  'This request carries no token: send the header "Authorization: Bearer fgw_…" with a token of this gateway.';
