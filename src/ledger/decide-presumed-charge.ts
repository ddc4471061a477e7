import { z } from 'zod';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { label, parseInput } from '../platform/parse-input.js';

const chargeDecisions = ['CHARGED', 'NOT_CHARGED'] as const;
export type ChargeDecision = (typeof chargeDecisions)[number];

const decisionInput = z.object({
  entryId: z.uuid(),
  decision: z.enum(chargeDecisions),
  reason: label('reason'),
});

/**
 * Ends a presumed charge of a provider that charges for every fetch, as an ADMIN decides after comparing it with the usage
 * that the provider shows. Returns the id of the correcting entry, which has who decided and why. Throws FORBIDDEN,
 * INVALID_INPUT, or NOT_FOUND where no such charge is pending, or where another lookup can prove it at no cost.
 */
export const decidePresumedCharge = async (
  { database }: { database: Pick<Database, 'sql'> },
  caller: Caller,
  input: z.input<typeof decisionInput>,
): Promise<{ correctionId: string }> => {
  authorize(caller, 'resolveCharges');
  const { entryId, decision, reason } = parseInput(decisionInput, input);
  const [row] = await retryOnDeadlock(
    () => database.sql<{ id: string | null }[]>`
      select settle_presumed_charge(${caller.workspaceId}, ${entryId}, ${decision === 'CHARGED'},
        ${caller.tokenId}, ${reason}) as id`,
  );
  const correctionId = row?.id ?? null;
  if (correctionId !== null) return { correctionId };
  throw new GatewayError(
    'NOT_FOUND',
    'No such presumed charge is pending, or another lookup of its record resolves it at no cost: name an entry with the charge PRESUMED of a provider that charges for every fetch.',
    { field: ['entry'] },
  );
};
