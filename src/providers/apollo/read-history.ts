import { type YearMonth, yearMonth, yearsBetween } from '../fields/dates.js';
import type { Fields } from '../fields/read-fields.js';
import { flag, text } from '../fields/value-kinds.js';
import type { Education, SecondaryPosition } from '../records.js';

/** What a person did: since when the present position is held, which others are, and where the degrees are from. */
export type History = {
  present: YearMonth | null;
  others: SecondaryPosition[] | null;
  education: Education[] | null;
};

/** Reads `employment_history`, in which Apollo keeps schools too. The present position is the one at `employerId`. */
export const readHistory = (fields: Fields, employerId: string | null): History => {
  const steps = fields.objects('employment_history', readStep);
  if (steps === null) return { present: null, others: null, education: null };
  const jobs = steps.filter((step) => step.isCurrent && step.degree === null);
  const present =
    jobs.find((job) => job.organizationId === employerId) ??
    jobs.find((job) => employerId === null || job.organizationId === null);
  const schools = steps.filter((step) => step.degree !== null);
  return {
    present: present?.start ?? null,
    others: jobs.filter((job) => job !== present).map(toPosition),
    education: schools.length === 0 ? null : schools.map(toEducation),
  };
};

type Step = {
  isCurrent: boolean;
  organizationId: string | null;
  organizationName: string | null;
  title: string | null;
  degree: string | null;
  major: string | null;
  start: YearMonth | null;
  end: YearMonth | null;
};

const readStep = (fields: Fields): Step => ({
  isCurrent: fields.get(flag, 'current') === true,
  organizationId: fields.get(text, 'organization_id'),
  organizationName: fields.get(text, 'organization_name'),
  title: fields.get(text, 'title'),
  degree: fields.get(text, 'degree'),
  major: fields.get(text, 'major'),
  start: fields.get(yearMonth, 'start_date'),
  end: fields.get(yearMonth, 'end_date'),
});

const toPosition = (step: Step): SecondaryPosition => ({
  companyId: step.organizationId,
  companyName: step.organizationName,
  companySize: null,
  companyWebsite: null,
  companyLinkedin: null,
  companyIndustry: null,
  cleanedPosition: step.title,
  monthJoined: step.start?.month ?? null,
  yearJoined: step.start?.year ?? null,
  timeInCurrentRole: null,
  seniority: null,
  department: null,
});

const toEducation = (step: Step): Education => ({
  field: step.major,
  degree: step.degree,
  dateRange: yearsBetween(step.start, step.end),
  schoolName: step.organizationName,
});
