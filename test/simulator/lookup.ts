import type { Caller } from '../../src/access/caller.js';
import { unrestricted } from '../../src/access/scopes.js';
import { unlimited } from '../../src/enrichment/allowance.js';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { LookupStep } from './history.js';
import type { Instance } from './instance.js';
import type { Scenario } from './scenario.js';
import { idOf, keyOf } from './world.js';
import { newCounts } from '../../src/enrichment/lookup-request.js';

export type SentLookup = {
  step: LookupStep;
  instance: Instance;
  /** DEAD when the process died first. Another text: what it threw. */
  answers: Promise<LookupResult<CompanyRecord>[] | string>;
};

/** Sends a lookup to one process, without waiting for it. */
export const sendLookup = (scenario: Scenario, instance: Instance, step: LookupStep): SentLookup => {
  const { provider, history, connectionIds } = scenario;
  for (const item of step.items) {
    const { trouble, takesMs } = step;
    if (item.record < history.records) provider.expect(idOf(item), { trouble, takesMs });
  }
  const answers = instance.lookUpCompanies(
    {
      caller: callerOf(scenario, instance),
      callerKeys: step.ownKey ? { FIRMABLE: provider.keyOf(step.account) } : {},
      workflow: step.workflow,
      allowance: unlimited,
      requestId: null,
      maySpend: true,
      ...newCounts(),
    },
    step.items.map(keyOf),
    {
      connectionId: step.ownKey ? null : (connectionIds[step.account] ?? null),
      country: step.country,
      maxCredits: step.maxCredits,
      ...(step.fresh ? { maxAgeSeconds: 0 } : {}),
    },
  );
  return { step, instance, answers: Promise.race([answers.catch(thrown), instance.death]) };
};

const thrown = (error: unknown): string => `a lookup threw: ${String(error)}`;

const callerOf = ({ workspaceId }: Scenario, instance: Instance): Caller => ({
  workspaceId,
  workspaceName: 'simulated',
  tokenId: instance.processId,
  tokenName: 'simulated',
  ...unrestricted,
  role: 'MEMBER',
  plan: 'PRO',
  workflow: null,
});
