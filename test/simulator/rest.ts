import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../../src/platform/database-errors.js';
import type { Asked } from './lookup.js';
import { losesDatabase } from './history.js';
import type { Instance } from './instance.js';
import type { Scenario } from './scenario.js';

const restMsMax = 20_000;

/** Waits for all answers of the living, while the reservations of the dead come to the end of their life. */
export const rest = async (scenario: Scenario, all: Instance[], asked: Asked[]): Promise<string[]> => {
  const answers = Promise.all(asked.map((one) => one.answers));
  const untilMs = performance.now() + restMsMax;
  for (;;) {
    await endLives(
      scenario,
      all.filter((instance) => instance.isDead()),
    );
    const first = await Promise.race([answers, sleep(20, 'WAITING' as const)]);
    if (first !== 'WAITING') break;
    if (performance.now() > untilMs) return ['an ask was not answered'];
  }
  await Promise.all(all.map((instance) => instance.quiet()));
  // A process that was cut off while it reserved may have a reservation that it does not know of.
  await endLives(
    scenario,
    all.filter((instance) => losesDatabase(scenario.history) || instance.isDead()),
  );
  await tidy(scenario);
  return [];
};

/** Lets the reservations of these processes expire, as time would. */
const endLives = async (scenario: Scenario, instances: Instance[]): Promise<void> => {
  if (instances.length === 0) return;
  await Promise.all(instances.map((instance) => instance.quiet()));
  await scenario.slot.quiet();
  const processIds = instances.map((instance) => instance.processId);
  await scenario.slot.database.sql`
    update reservations set expires_at = now() - interval '1 second'
    where workspace_id = ${scenario.workspaceId} and state = 'HELD'
      and token_id in (select id::uuid from unnest(string_to_array(${processIds.join()}, ',')) as p (id))`;
  scenario.provider.forgive((processId) => processIds.includes(processId));
  await tidy(scenario);
};

/** Lets every reservation expire, whoever made it and whatever they are about to do with it. */
export const expireAll = async (scenario: Scenario): Promise<void> => {
  await scenario.slot.database.sql`
    update reservations set expires_at = now() - interval '1 second'
    where id = any (array(
      select id from reservations
      where workspace_id = ${scenario.workspaceId} and state = 'HELD' order by id for update))`;
  await tidy(scenario);
};

/** What every gateway does by itself every few seconds; what another one is just doing is waited for. */
export const tidy = async ({ slot: { database }, workspaceId }: Scenario): Promise<void> => {
  for (;;) {
    // Whoever loses a deadlock against an ask tries again, as gateways do.
    await database.sql`select expire_reservations(1000)`.catch(unlessPassing);
    await database.sql`select resolve_presumed_charges(1000)`.catch(unlessPassing);
    const left = await database.sql`
      select from reservations r
      where r.workspace_id = ${workspaceId} and case r.state
        when 'HELD' then r.expires_at < clock_timestamp()
        else exists (
          select from unlock_keys k
          where k.workspace_id = r.workspace_id and k.account_id = r.account_id and k.lookup_key = r.lookup_key)
      end`;
    if (left.length === 0) return;
  }
};

const unlessPassing = (error: unknown): void => {
  if (!isTransient(error)) throw error;
};
