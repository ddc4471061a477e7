import { useSearchParams } from 'wouter-preact';
import { useCredits } from '../../app/use-credits.js';
import type { Operation, ProviderName, UnlockFilter } from '../../api/operations.js';

/** The parameters of the page of records. */
export type RecordsParameter = 'search' | 'kind' | 'provider' | 'connection' | 'after';

export type RecordsAddress = {
  search: string;
  kind: Operation | null;
  provider: string | null;
  connection: string | null;
  /** The cursor that the page of the list begins behind; null for the first page. */
  after: string | null;
  filter: UnlockFilter;
  /** Sets some parameters; the list begins at its first page again, unless `after` is one of them. */
  change: (parameters: Partial<Record<RecordsParameter, string | null>>) => void;
};

const providers: readonly string[] = ['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'];
const isProvider = (name: string | null): name is ProviderName => name !== null && providers.includes(name);

/** What the address says of the records that are shown. */
export const useRecordsAddress = (): RecordsAddress => {
  const [parameters, setParameters] = useSearchParams();
  const { sandbox } = useCredits();
  const kind = parameters.get('kind');
  const operation = kind === 'COMPANY' || kind === 'PERSON' ? kind : null;
  const provider = parameters.get('provider');
  const connection = parameters.get('connection');
  return {
    search: parameters.get('search') ?? '',
    kind: operation,
    provider,
    connection,
    after: parameters.get('after'),
    filter: {
      sandbox,
      operation,
      provider: isProvider(provider) ? provider : null,
      connection,
    },
    change: (changes) =>
      setParameters((before) => {
        const changed = new URLSearchParams(before);
        changed.delete('after');
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === undefined || value === '') changed.delete(name);
          else changed.set(name, value);
        }
        return changed;
      }),
  };
};
