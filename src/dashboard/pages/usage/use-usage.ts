import type { UsageChartQueryVariables, UsageReportQueryVariables } from '../../api/operations.js';
import { useCredits } from '../../app/use-credits.js';
import { useView } from '../../app/use-view.js';
import type { Unit } from '../../time/period.js';
import { type Dimension, type Measure, measures } from './dimensions.js';
import { seriesMax } from './stack.js';
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
    // A row has no other labels.
    byConnection: isBy('CONNECTION'),
    byProvider: isBy('PROVIDER'),
    byOperation: isBy('OPERATION'),
    byWorkflow: isBy('WORKFLOW'),
    byToken: isBy('TOKEN'),
    byOutcome: isBy('OUTCOME'),
    byPayer: isBy('PAYER'),
  };
};

/** Those of the chart, whose rows have one measure: of the largest groups and of the others together. */
export const useChartVariables = (
  address: UsageAddress,
  groupBy: readonly (Dimension | Unit)[],
): UsageChartQueryVariables => {
  const { previous: _, ...variables } = useUsageVariables(address, { groupBy, previous: false });
  const isOf = (measure: Measure): boolean => address.measure === measure;
  return {
    ...variables,
    top: { groups: seriesMax, by: measures[address.measure].api },
    charged: isOf('charged'),
    saved: isOf('saved'),
    lookups: isOf('lookups'),
    attempts: isOf('attempts'),
  };
};
