import { useLocation } from 'wouter-preact';
import { CreateJobDocument, type CreateJobInput } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { usePathTo } from '../../app/use-view.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { newId } from '../../ui/new-id.js';
import { readCredits, readSearch } from './list-fields.js';
import { readOptions } from './option-fields.js';

type Wanted = Pick<CreateJobInput, 'name' | 'operation' | 'source' | 'require'>;

/**
 * Creates a job that is not started, with what ListFields have, and opens its page, which shows its price. Returns why it was
 * refused.
 */
export const useCreateJob = (): ((wanted: Wanted, values: FormValues) => Promise<readonly FormError[]>) => {
  const create = useChange(CreateJobDocument);
  const [, navigate] = useLocation();
  const pathTo = usePathTo();
  return async (wanted, values) => {
    const isSearch = wanted.operation === 'PEOPLE_SEARCH';
    const maxCredits = readCredits(values);
    // A search is free without credits; only what was entered must be a number.
    if (maxCredits === null && !(isSearch && values.text('maxCredits') === '')) {
      const message = isSearch
        ? 'Enter a whole number of credits, or leave it empty.'
        : 'Enter the most credits that the list may cost, or choose no limit.';
      return [{ field: ['maxCredits'], message }];
    }
    const search = isSearch ? readSearch(values) : null;
    const input = { ...wanted, options: readOptions(values), search, maxCredits, start: false };
    const { job, userErrors } = (await create.run({ input }, newId())).createJob;
    if (job != null) navigate(pathTo(`/jobs/${job.id}`));
    return userErrors;
  };
};
