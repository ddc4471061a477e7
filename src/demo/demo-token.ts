import { createHmac } from 'node:crypto';

/**
 * The demo's token, the same at every start although only its hash is stored: it follows from the sealing secret,
 * which never leaves the machine, so GraphiQL can offer it again.
 */
export const demoToken = (secret: Uint8Array): string =>
  `fgw_${createHmac('sha256', secret).update('firmable-gateway demo token').digest('base64url')}`;
