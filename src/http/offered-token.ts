import type { IncomingMessage } from 'node:http';
import { isLocal } from './is-local.js';

/** Tells the demo's token, or null where it must not stand in a page now; null itself: there is no demo. */
export type TokenOffer = (() => Promise<string | null>) | null;

/** The token that a page may hand to whoever asks for it: none to strangers, for whom nothing is looked up either. */
export const offeredToken = async (offer: TokenOffer, request: IncomingMessage): Promise<string> =>
  offer !== null && isLocal(request) ? ((await offer()) ?? '') : '';
