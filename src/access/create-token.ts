import { z } from 'zod';
import { tokens } from '../../schema/index.js';
import type { Clock } from '../platform/time.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { label, parseInput } from '../platform/parse-input.js';
import { authorize, type Caller, type Role, roles } from './caller.js';
import { bootstrapName, type Token, tokenColumns } from './token.js';
import { hashColumns, newSecret } from './token-hash.js';

export type CreateTokenInput = {
  name: string;
  role: Role;
  expiresAt?: Date | null | undefined;
  /** The workflow of asks that name none. */
  workflow?: string | null | undefined;
};

/**
 * Makes a token. The secret is in the answer and nowhere else: it is kept as a hash and cannot be shown again.
 * Throws FORBIDDEN, or INVALID_INPUT with the field at fault.
 */
export const createToken = async (
  deps: { database: Database; clock: Clock },
  caller: Caller,
  input: CreateTokenInput,
): Promise<{ token: Token; secret: string }> => {
  authorize(caller, 'manageTokens');
  const { name, role, expiresAt, workflow } = parseInput(inputSchema(deps.clock.now()), input);
  const secret = newSecret();
  const [token] = await deps.database.db
    .insert(tokens)
    .values({
      workspaceId: caller.workspaceId,
      id: newId(),
      name,
      role,
      workflow: workflow ?? null,
      expiresAt: expiresAt ?? null,
      ...hashColumns(secret),
    })
    .returning(tokenColumns);
  if (token === undefined) throw new Error('the new token was not returned');
  return { token, secret };
};

const inputSchema = (now: Date) =>
  z.object({
    name: label('name').refine(
      (name) => name !== bootstrapName,
      'The name "bootstrap" is kept for the token of GATEWAY_BOOTSTRAP_TOKEN: choose another.',
    ),
    role: z.enum(roles, `The role must be one of ${roles.join(', ')}: choose one.`),
    expiresAt: z
      .date('The expiry must be an instant: write it as 2030-01-31T00:00:00Z.')
      .refine((at) => at > now, 'The expiry lies in the past: choose a later one, or leave it out.')
      .nullish(),
    workflow: label('workflow').nullish(),
  });
