import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../../src/platform/database-errors.js';
import type { SentLookup } from './lookup.js';
import { noteLookupKeys } from './decision-model.js';
import { losesDatabase } from './history.js';
import type { Instance } from './instance.js';
import type { Scenario } from './scenario.js';

const restMsMax = 20_000;

/** Waits for all results of living processes, while the reservations of dead ones expire. */
export const rest = async (scenario: Scenario, all: Instance[], sent: SentLookup[]): Promise<string[]> => {
  const answers = Promise.all(sent.map((one) => one.answers));
  const untilMs = performance.now() + restMsMax;
  for (;;) {
    await expireOf(
      scenario,
      all.filter((instance) => instance.isDead()),
    );
    const first = await Promise.race([answers, sleep(20, 'WAITING' as const)]);
    if (first !== 'WAITING') break;
    if (performance.now() > untilMs) return ['a lookup did not return'];
  }
  await Promise.all(all.map((instance) => instance.quiet()));
  // A process whose connection was lost while it reserved may have a reservation that it does not know.
  await expireOf(
    scenario,
    all.filter((instance) => losesDatabase(scenario.history) || instance.isDead()),
  );
  await runMaintenance(scenario);
  return [];
};

/** Lets the reservations of these processes expire, as time would. */
export const expireOf = async (scenario: Scenario, instances: Instance[]): Promise<void> => {
  if (instances.length === 0) return;
  await Promise.all(instances.map((instance) => instance.quiet()));
  await scenario.store.quiet();
  const processIds = instances.map((instance) => instance.processId);
  const expired = await scenario.store.database.sql<{ id: string; lookup_key: string }[]>`
    update reservations set expires_at = now() - interval '1 second'
    where workspace_id = ${scenario.workspaceId} and id = any (array(
      select id from reservations
      where workspace_id = ${scenario.workspaceId} and state = 'HELD'
        and token_id in (select id::uuid from unnest(string_to_array(${processIds.join()}, ',')) as p (id))
      order by id for update))
    returning id, lookup_key`;
  noteLookupKeys(scenario.decided, expired);
  scenario.provider.forgetCalls((processId) => processIds.includes(processId));
  await runMaintenance(scenario);
};

/** Lets every reservation expire, of living processes too. */
export const expireAll = async (scenario: Scenario): Promise<void> => {
  const expired = await scenario.store.database.sql<{ id: string; lookup_key: string }[]>`
    update reservations set expires_at = now() - interval '1 second'
    where workspace_id = ${scenario.workspaceId} and id = any (array(
      select id from reservations
      where workspace_id = ${scenario.workspaceId} and state = 'HELD' order by id for update))
    returning id, lookup_key`;
  noteLookupKeys(scenario.decided, expired);
  await runMaintenance(scenario);
};

/** Ends the time in which a late result could still correct a decided charge. */
export const endDecisions = async (scenario: Scenario): Promise<void> => {
  await scenario.store.database.sql`
    update reservations set expires_at = now() - interval '1 second'
    where workspace_id = ${scenario.workspaceId} and id = any (array(
      select id from reservations
      where workspace_id = ${scenario.workspaceId} and state = 'DECIDED' and expires_at < 'infinity'
      order by id for update))`;
  await runMaintenance(scenario);
};

/** What every gateway does every few seconds; waits until nothing is left to do. */
export const runMaintenance = async ({ store: { database }, workspaceId }: Scenario): Promise<void> => {
  for (;;) {
    // A deadlock against a lookup is retried, as gateways do.
    await database.sql`select expire_reservations(1000)`.catch(ignoreTransient);
    await database.sql`select resolve_presumed_charges(1000)`.catch(ignoreTransient);
    const left = await database.sql`
      select from reservations r
      where r.workspace_id = ${workspaceId} and case r.state
        when 'HELD' then r.expires_at < clock_timestamp()
        else r.credits > 0 and exists (
          select from unlock_of_key(r.workspace_id, r.account_id, r.lookup_key) where not r.verifies_key)
      end`;
    if (left.length === 0) return;
  }
};

const ignoreTransient = (error: unknown): void => {
  if (!isTransient(error)) throw error;
};
