import { GatewayError } from '../errors.js';
import { faultLines } from '../platform/explain-fault.js';
import { exitCodes, isWrongUsage } from './exit-codes.js';
import { type GatewayClient, openClient } from './gateway-client.js';
import { createPrinter, type Printer } from './printer.js';

export type JsonOption = { json?: boolean };

/**
 * Runs a command on the gateway that the environment names, and sets the exit code that `work` returns. Faults are printed
 * on standard error, as lines or as one JSON document. The token is in no output.
 */
export const runClient = async (
  { json = false }: JsonOption,
  work: (client: GatewayClient, print: Printer) => Promise<number>,
): Promise<void> => {
  let client: GatewayClient | null = null;
  const print = createPrinter({ json, env: process.env, redact: (text) => client?.redact(text) ?? text });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` has enough.
    if (error.code === 'EPIPE') process.exit(exitCodes.done);
    const message = `Standard output cannot be written (${error.code}): write elsewhere.`;
    print.note(message, { error: { code: 'INTERNAL', message, exitCode: exitCodes.failure } });
    process.exit(exitCodes.failure);
  });
  try {
    client = await openClient(process.env);
    process.exitCode = await work(client, print);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    const code = error instanceof GatewayError ? error.code : 'INTERNAL';
    const message = faultLines(error).join('\n');
    print.note(message, { error: { code, message, exitCode: process.exitCode } });
  } finally {
    await client?.close();
  }
};

const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof GatewayError)) return exitCodes.failure;
  if (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') return exitCodes.refused;
  if (error.code === 'UNAVAILABLE') return exitCodes.connectionLost;
  return isWrongUsage(error) ? exitCodes.usage : exitCodes.failure;
};

/** The user errors of a change. Throws the first. */
export const throwUserErrors = (payload: { userErrors: UserError[] }): void => {
  const [first] = payload.userErrors;
  if (first === undefined) return;
  throw new GatewayError(first.code, first.message);
};

export type UserError = { code: GatewayError['code']; message: string };

/** The fields of `userErrors` that `throwUserErrors` reads. */
export const userErrorFields = 'userErrors { code message }';

/** The end of the help of a command that calls a gateway. */
export const clientHelp = (...examples: string[]): string => `
Examples:
${examples.map((example) => `  $ ${example}`).join('\n')}

FIRMABLE_GATEWAY_URL and FIRMABLE_GATEWAY_TOKEN name the gateway and the token (docs/command-line.md).
Exit codes: 0 done, 1 failure, 2 wrong usage, 3 token refused, 4 job paused, 5 rows not looked up,
6 gateway not reached, 7 canceled.`;
