import { useLocation } from 'wouter-preact';
import { CreateJobDocument, type CreateJobInput } from '../../api/operations.js';
import { useChange } from '../../api/use-operation.js';
import { usePathTo } from '../../app/use-view.js';
import type { FormError, FormValues } from '../../ui/form.js';
import { newId } from '../../ui/new-id.js';

type Wanted = Omit<CreateJobInput, 'maxCredits' | 'start'>;

/**
 * Creates a job that is not started, with the most credits of a form, and opens its page, which shows its price. Returns why
 * it was refused.
 */
export const useCreateJob = (): ((wanted: Wanted, values: FormValues) => Promise<readonly FormError[]>) => {
  const create = useChange(CreateJobDocument);
  const [, navigate] = useLocation();
  const pathTo = usePathTo();
  return async (wanted, values) => {
    const credits = values.text('maxCredits');
    const isUnlimited = values.isChecked('unlimited');
    if (!isUnlimited && !/^\d+$/.test(credits)) {
      const message = 'Enter the most credits that the list may cost, or choose no limit.';
      return [{ field: ['maxCredits'], message }];
    }
    const maxCredits = isUnlimited ? 'UNLIMITED' : Number(credits);
    const input = { ...wanted, maxCredits, start: false };
    const { job, userErrors } = (await create.run({ input }, newId())).createJob;
    if (job != null) navigate(pathTo(`/jobs/${job.id}`));
    return userErrors;
  };
};
