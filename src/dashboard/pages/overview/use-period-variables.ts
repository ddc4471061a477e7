import { useCredits } from '../../app/use-credits.js';
import { useView } from '../../app/use-view.js';
import { useSession } from '../../app/session.js';
import { writeCivil } from '../../time/zone-time.js';

export type PeriodVariables = { from: string; to: string; timeZone: string; sandbox: boolean };

/** The variables of a query about the period and the kind of credits in the address. */
export const usePeriodVariables = (): PeriodVariables => {
  const { period, timeZone } = useView();
  const { sandbox } = useCredits();
  return { from: period.from, to: period.to, timeZone, sandbox };
};

/**
 * Downloads the usage of the period by a dimension, or its entries, as a CSV file. It has a byte order mark, because a
 * spreadsheet opens it: Excel needs one.
 */
export const useDownload = (): ((groupBy: string | null) => Promise<void>) => {
  const { client } = useSession();
  const { period } = useView();
  const { from, to, timeZone, sandbox } = usePeriodVariables();
  return (groupBy) => {
    const what = groupBy === null ? 'entries' : 'usage';
    const query = new URLSearchParams({
      from,
      to,
      ...(groupBy === null ? {} : { timeZone, groupBy }),
      sandbox: `${sandbox}`,
      bom: 'true',
    });
    const name = groupBy === null ? 'entries' : `usage-by-${groupBy.toLowerCase()}`;
    const days = `${writeCivil(period.first)}-to-${writeCivil(period.last)}`;
    const fileName = `${sandbox ? 'sandbox-' : ''}${name}-${days}.csv`;
    return client.download(`/export/${what}.csv?${query.toString()}`, fileName);
  };
};
