import { and, eq, ne, sql } from 'drizzle-orm';
import * as z from 'zod';
import { waterfalls } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { authorize, type Caller } from '../access/caller.js';
import { lockDefaults } from '../connections/default-connection.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { withUniqueName } from '../platform/database-errors.js';
import { isId, newId } from '../platform/ids.js';
import { label, parseInput } from '../platform/parse-input.js';
import type { WaterfallFinder } from './create-waterfall-finder.js';
import { explainForeignFields } from '../providers/foreign-fields.js';
import { fillProviders } from './fill-providers.js';
import { type Step, stepsInput } from './step.js';
import {
  factsOfWaterfall,
  isWaterfall,
  readWaterfall,
  type Waterfall,
  type WaterfallDefault,
  waterfallColumns,
  waterfallDefaults,
  waterfallNotFound,
} from './waterfall.js';

/** The whole state of a waterfall: a field that is left out goes back to its default. */
export type SaveWaterfallInput = {
  /** The waterfall to change; without it a new one is created. */
  id?: string | null | undefined;
  name: string;
  /** 1 to 10, each with a provider, a connection, or both. */
  steps: readonly {
    provider?: string | null | undefined;
    connectionId?: string | null | undefined;
    require?: readonly string[] | null | undefined;
  }[];
  /** Replaces the previous default. */
  defaultFor?: WaterfallDefault | null | undefined;
};

/**
 * Creates a waterfall, or replaces the state of the one with `id`. Lookups use it at once, in other instances within half
 * a second. Throws FORBIDDEN, INVALID_INPUT with the invalid field, NOT_FOUND (waterfall or connection), NAME_TAKEN.
 */
export const saveWaterfall = async (
  deps: { database: Database; waterfalls: Pick<WaterfallFinder, 'changed'> },
  caller: Caller,
  input: SaveWaterfallInput,
): Promise<Waterfall> => {
  authorize(caller, 'manageWaterfalls');
  const parsed = parseInput(inputSchema, input);
  if (parsed.id !== null && !isId(parsed.id)) throw waterfallNotFound();
  refuseForeignFields(parsed.steps, parsed.defaultFor);
  const { workspaceId } = caller;
  const saved = await withUniqueName(
    { noun: 'waterfall', name: parsed.name, constraint: 'waterfalls_name' },
    () =>
      deps.database.db.transaction(async (tx) => {
        await lockDefaults(tx, workspaceId);
        const steps = await fillProviders(tx, workspaceId, parsed.steps);
        const state = { name: parsed.name, steps, defaultFor: parsed.defaultFor };
        const id = parsed.id ?? newId();
        const replaced =
          state.defaultFor === null ? null : await clearDefault(tx, workspaceId, state.defaultFor, id);
        const before = parsed.id === null ? null : await lockWaterfall(tx, workspaceId, id);
        const after =
          before === null
            ? await create(tx, workspaceId, id, state)
            : await change(tx, workspaceId, id, state);
        await recordChange(tx, caller, {
          action: 'waterfall.save',
          subject: toPublicId('waterfall', after.id),
          before: before === null ? null : factsOfWaterfall(before),
          after: {
            ...factsOfWaterfall(after),
            ...(replaced === null ? {} : { replacedDefault: toPublicId('waterfall', replaced) }),
          },
        });
        return after;
      }),
  );
  deps.waterfalls.changed(workspaceId);
  return saved;
};

/** A default applies to every lookup without a waterfall: fields that its records never have would fail them all. */
const refuseForeignFields = (steps: readonly Step[], defaultFor: WaterfallDefault | null): void => {
  if (defaultFor === null) return;
  for (const [at, { require }] of steps.entries()) {
    const foreign = explainForeignFields(defaultFor === 'COMPANIES' ? 'COMPANY' : 'PERSON', require);
    if (foreign !== null)
      throw new GatewayError('INVALID_INPUT', foreign, { field: ['steps', `${at}`, 'require'] });
  }
};

const inputSchema = z.object({
  id: z
    .string()
    .nullish()
    .transform((id) => id ?? null),
  name: label('name'),
  steps: stepsInput,
  defaultFor: z
    .enum(
      waterfallDefaults,
      `A default is for ${waterfallDefaults.join(' or ')}: choose one, or leave it out.`,
    )
    .nullish()
    .transform((defaultFor) => defaultFor ?? null),
});

type Tx = Pick<Drizzle, 'select' | 'insert' | 'update' | '$count'>;
type State = Pick<Waterfall, 'name' | 'steps' | 'defaultFor'>;

const waterfallsMax = 100;

const lockWaterfall = async (tx: Tx, workspaceId: string, id: string): Promise<Waterfall> =>
  written(
    await tx
      .select(waterfallColumns)
      .from(waterfalls)
      .where(isWaterfall(workspaceId, id))
      .for('no key update'),
  );

const create = async (tx: Tx, workspaceId: string, id: string, state: State): Promise<Waterfall> => {
  if ((await tx.$count(waterfalls, eq(waterfalls.workspaceId, workspaceId))) >= waterfallsMax) {
    throw new GatewayError(
      'INVALID_INPUT',
      `A workspace has at most ${waterfallsMax} waterfalls: change or delete one of them.`,
    );
  }
  const rows = await tx
    .insert(waterfalls)
    .values({ workspaceId, id, ...state })
    .returning(waterfallColumns);
  return written(rows);
};

const change = async (tx: Tx, workspaceId: string, id: string, state: State): Promise<Waterfall> => {
  const rows = await tx
    .update(waterfalls)
    .set({ ...state, updatedAt: sql`now()` })
    .where(isWaterfall(workspaceId, id))
    .returning(waterfallColumns);
  return written(rows);
};

const written = ([row]: Parameters<typeof readWaterfall>[0][]): Waterfall => {
  if (row === undefined) throw waterfallNotFound();
  return readWaterfall(row);
};

/** Clears the default of another waterfall, and returns its id. Call it under `lockDefaults`. */
const clearDefault = async (
  tx: Tx,
  workspaceId: string,
  defaultFor: WaterfallDefault,
  exceptId: string,
): Promise<string | null> => {
  const [cleared] = await tx
    .update(waterfalls)
    .set({ defaultFor: null, updatedAt: sql`now()` })
    .where(
      and(
        eq(waterfalls.workspaceId, workspaceId),
        eq(waterfalls.defaultFor, defaultFor),
        ne(waterfalls.id, exceptId),
      ),
    )
    .returning({ id: waterfalls.id });
  return cleared?.id ?? null;
};
