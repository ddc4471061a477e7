import { type Command, InvalidArgumentError } from 'commander';
import { findConnection } from './find-connection.js';
import type { GatewayClient } from './gateway-client.js';

/** The options of lookups that commands share, as commander reads them. */
export type LookupFlags = {
  workflow?: string;
  waterfall?: string;
  connection?: string;
  country?: string;
  maxAge?: string;
  payer?: string;
};

export type CreditLimit = number | 'UNLIMITED';

/** Reads the limit of a job. Throws InvalidArgumentError. */
export const readMaxCredits = (text: string): CreditLimit => {
  if (text.toLowerCase() === 'unlimited') return 'UNLIMITED';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number of credits, or unlimited.');
};

const payers = ['own', 'managed', 'any'];

/** Adds the options of lookups. */
export const addLookupOptions = (command: Command): Command =>
  command
    .option('--workflow <name>', 'the purpose of the spend, for reports and budgets')
    .option('--waterfall <name>', 'a saved waterfall')
    .option('--connection <name or id>', 'the connection that pays')
    .option('--country <code>', 'the country of regional figures, such as NZ', (code) => code.toUpperCase())
    .option('--max-age <duration>', 'the maximum age of a cached snapshot, such as 30d')
    .option('--payer <payer>', `one of ${payers.join(', ')}`, readPayer);

const readPayer = (text: string): string => {
  if (payers.includes(text.toLowerCase())) return text.toUpperCase();
  throw new InvalidArgumentError(`Choose one of ${payers.join(', ')}.`);
};

/** The options as LookupOptions of the API. Throws NOT_FOUND for an unknown connection. */
export const toLookupOptions = async (
  client: GatewayClient,
  flags: LookupFlags,
): Promise<Record<string, string>> => {
  const { workflow, country, maxAge, payer, waterfall } = flags;
  const connection =
    flags.connection === undefined ? undefined : (await findConnection(client, flags.connection)).id;
  const all = { workflow, connection, country, maxAge, payer, waterfallName: waterfall };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
};
