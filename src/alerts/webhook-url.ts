import { z } from 'zod';

const fault =
  'The webhook must be an http or https address of up to 2000 characters, without a user name or password in it: the deliveries are signed instead.';

const isWebhookUrl = (text: string): boolean => {
  if (/\p{Cc}/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
};

/** Where messages may be sent to. */
export const webhookUrl = z.string(fault).trim().max(2_000, fault).refine(isWebhookUrl, fault);
