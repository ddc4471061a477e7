import type { UsageReportQueryVariables } from '../../api/operations.js';
import { useCredits } from '../../app/use-credits.js';
import { useView } from '../../app/use-view.js';
import type { Unit } from '../../time/period.js';
import type { Dimension } from './dimensions.js';
import { apiFilter, type UsageAddress } from './usage-address.js';

/** The variables of a report for what the address says, of real credits or of the sandbox. */
export const useUsageVariables = (
  address: UsageAddress,
  wanted: { groupBy: readonly (Dimension | Unit)[]; previous: boolean },
): UsageReportQueryVariables => {
  const { period, timeZone } = useView();
  const { sandbox } = useCredits();
  const isBy = (dimension: Dimension): boolean => wanted.groupBy.includes(dimension);
  return {
    from: period.from,
    to: period.to,
    timeZone,
    groupBy: [...wanted.groupBy],
    filter: apiFilter(address.filters, sandbox),
    previous: wanted.previous,
    // A row has no other labels: a chart of a month by workflow has 900 rows.
    byConnection: isBy('CONNECTION'),
    byProvider: isBy('PROVIDER'),
    byOperation: isBy('OPERATION'),
    byWorkflow: isBy('WORKFLOW'),
    byToken: isBy('TOKEN'),
    byOutcome: isBy('OUTCOME'),
    byPayer: isBy('PAYER'),
  };
};
