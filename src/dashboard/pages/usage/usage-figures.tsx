import type { JSX } from 'preact';
import { UsageReportDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { formatNumber, formatShare } from '../../ui/format.js';
import { Shown } from '../../ui/panel.js';
import type { Sums } from './dimensions.js';
import { addSums, formatDifference, hitRateOf } from './sums.js';
import { useUsageVariables } from './use-usage.js';
import { useUsageAddress } from './use-usage-address.js';

/** The totals of the period, with the period before. */
export const UsageFigures = (): JSX.Element => {
  const { address } = useUsageAddress();
  const variables = useUsageVariables(address, { groupBy: [], previous: address.compare });
  const reading = useReading(UsageReportDocument, variables);
  return (
    <Shown reading={reading}>
      {({ usage: { rows, previous } }) => (
        <Figures now={addSums(rows)} before={previous === null ? null : addSums(previous.rows)} />
      )}
    </Shown>
  );
};

const Figures = ({ now, before }: { now: Sums; before: Sums | null }): JSX.Element => {
  const figures: { title: string; value: string; now: number; before: number | null }[] = [
    {
      title: 'Credits charged',
      value: formatNumber(now.creditsCharged),
      now: now.creditsCharged,
      before: before?.creditsCharged ?? null,
    },
    {
      title: 'Credits saved',
      value: formatNumber(now.creditsSaved),
      now: now.creditsSaved,
      before: before?.creditsSaved ?? null,
    },
    { title: 'Lookups', value: formatNumber(now.lookups), now: now.lookups, before: before?.lookups ?? null },
    { title: 'Hit rate', value: formatShare(hitRateOf(now)), now: 0, before: null },
  ];
  const rateBefore = before === null ? null : hitRateOf(before);
  return (
    <dl class="figures usage-figures">
      {figures.map((figure) => (
        <div key={figure.title} class="figure-box">
          <dt>{figure.title}</dt>
          <dd>
            <span class="value">{figure.value}</span>
            {figure.before === null ? null : (
              <span class="note before">
                <span>{formatDifference(figure.now, figure.before)}</span>
                <span>{formatNumber(figure.before)} before</span>
              </span>
            )}
            {figure.title === 'Hit rate' && rateBefore !== null ? (
              <span class="note before">{formatShare(rateBefore)} before</span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
};
