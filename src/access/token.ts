import type { InferSelectModel } from 'drizzle-orm';
import { tokens } from '../../schema/index.js';
import { GatewayError } from '../errors.js';

/** A gateway credential as people see it: neither the secret nor its hash. */
export type Token = Omit<InferSelectModel<typeof tokens>, 'workspaceId' | 'hash' | 'hashPrefix'>;

export const tokenColumns = {
  id: tokens.id,
  name: tokens.name,
  role: tokens.role,
  hint: tokens.hint,
  workflow: tokens.workflow,
  expiresAt: tokens.expiresAt,
  lastUsedAt: tokens.lastUsedAt,
  revokedAt: tokens.revokedAt,
  createdAt: tokens.createdAt,
} as const;

/** The name of the token that GATEWAY_BOOTSTRAP_TOKEN stands for. */
export const bootstrapName = 'bootstrap';

export const tokenNotFound = (): GatewayError =>
  new GatewayError('NOT_FOUND', 'This workspace has no such token: list the tokens and name one of them.', {
    field: ['id'],
  });
