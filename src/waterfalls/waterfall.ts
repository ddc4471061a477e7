import { and, eq, type InferSelectModel, type SQL } from 'drizzle-orm';
import { waterfallDefault, waterfalls } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import { toPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import { readSteps, type Step } from './step.js';

export const waterfallDefaults = waterfallDefault.enumValues;
/** The records that a waterfall can be the default for. */
export type WaterfallDefault = (typeof waterfallDefaults)[number];

/** A named list of steps: providers to try, in order. */
export type Waterfall = {
  id: string;
  name: string;
  steps: Step[];
  defaultFor: WaterfallDefault | null;
  createdAt: Date;
  updatedAt: Date;
};

export const waterfallColumns = {
  id: waterfalls.id,
  name: waterfalls.name,
  steps: waterfalls.steps,
  defaultFor: waterfalls.defaultFor,
  createdAt: waterfalls.createdAt,
  updatedAt: waterfalls.updatedAt,
} as const;

/** A row as the API returns it. */
export const readWaterfall = (row: Omit<InferSelectModel<typeof waterfalls>, 'workspaceId'>): Waterfall => ({
  ...row,
  steps: readSteps(row.steps),
});

/** What the audit log says of a waterfall. */
export const factsOfWaterfall = ({ name, steps, defaultFor }: Waterfall): Facts => ({
  name,
  steps: steps.map(({ provider, connectionId, require }) => ({
    provider,
    connection: connectionId === null ? null : toPublicId('connection', connectionId),
    require,
  })),
  defaultFor,
});

export const isWaterfall = (workspaceId: string, id: string): SQL | undefined =>
  and(eq(waterfalls.workspaceId, workspaceId), eq(waterfalls.id, id));

export const waterfallNotFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such waterfall: list the waterfalls and use one of their ids.',
    { field: ['id'] },
  );
