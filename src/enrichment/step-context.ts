import type { PayWith } from '../connections/choose-credential.js';
import type { Allowance } from './allowance.js';
import type { Deadline } from './deadline.js';
import type { Place } from './labels.js';
import type { AskRequest } from './lookup-request.js';
import type { Question } from './resolved-lookup.js';

/** One step of an ask on its way: what is asked of whom, for which caller, with how much money and time. */
export type Asking<Record> = {
  request: AskRequest;
  question: Question<Record>;
  place: Place;
  /** The connection the step names; null for whoever pays by default. */
  connectionId: string | null;
  payWith: PayWith | null;
  allowance: Allowance;
  deadline: Deadline;
};
