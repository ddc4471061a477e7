import type { Caller } from '../../src/access/caller.js';
import { unlimited } from '../../src/enrichment/allowance.js';
import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { AskStep } from './history.js';
import type { Instance } from './instance.js';
import type { Scenario } from './scenario.js';
import { idOf, keyOf } from './world.js';

export type Asked = {
  step: AskStep;
  instance: Instance;
  /** DEAD where the process that was asked is gone: nobody hears its answer. Another text: what it threw. */
  answers: Promise<LookupResult<CompanyRecord>[] | string>;
};

/** Asks one process, without waiting for it. */
export const ask = (scenario: Scenario, instance: Instance, step: AskStep): Asked => {
  const { provider, history, connectionIds } = scenario;
  for (const want of step.wants) {
    const { trouble, takesMs } = step;
    if (want.record < history.records) provider.expect(idOf(want), { trouble, takesMs });
  }
  const answers = instance.lookUpCompanies(
    {
      caller: callerOf(scenario, instance),
      callerKeys: step.ownKey ? { FIRMABLE: provider.keyOf(step.account) } : {},
      workflow: step.workflow,
      allowance: unlimited,
      tally: { charged: 0n, saved: 0n, reserved: 0n },
    },
    step.wants.map(keyOf),
    {
      connectionId: step.ownKey ? null : (connectionIds[step.account] ?? null),
      country: step.country,
      maxCredits: step.maxCredits,
      ...(step.fresh ? { maxAgeSeconds: 0 } : {}),
    },
  );
  return { step, instance, answers: Promise.race([answers.catch(thrown), instance.death]) };
};

const thrown = (error: unknown): string => `an ask threw: ${String(error)}`;

const callerOf = ({ workspaceId }: Scenario, instance: Instance): Caller => ({
  workspaceId,
  workspaceName: 'simulated',
  tokenId: instance.processId,
  tokenName: 'simulated',
  role: 'MEMBER',
  plan: 'PRO',
  workflow: null,
});
