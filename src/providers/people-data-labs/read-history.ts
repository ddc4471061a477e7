import { yearMonth, yearsBetween } from '../fields/dates.js';
import type { Fields } from '../fields/read-fields.js';
import { flag, text, words } from '../fields/value-kinds.js';
import { companySlug } from '../fields/web-addresses.js';
import type { Education, SecondaryPosition } from '../records.js';

/** One school; several degrees or majors are one text. */
export const readEducation = (fields: Fields): Education => ({
  field: joined(fields.list(text, 'majors')),
  degree: joined(fields.list(text, 'degrees')),
  dateRange: yearsBetween(fields.get(yearMonth, 'start_date'), fields.get(yearMonth, 'end_date')),
  schoolName: fields.object('school', (school) => school.get(text, 'name')),
});

/** The positions a person holds beside the main one: those that are not primary and have not ended. */
export const readOtherPositions = (fields: Fields): SecondaryPosition[] | null =>
  fields.objects('experience', (job) => {
    const isOver = job.get(yearMonth, 'end_date') !== null;
    return isOver || job.get(flag, 'is_primary') === true ? null : readPosition(job);
  });

const readPosition = (job: Fields): SecondaryPosition => {
  const started = job.get(yearMonth, 'start_date');
  return {
    ...(job.object('company', readEmployer) ?? noEmployer),
    ...(job.object('title', readTitle) ?? noTitle),
    monthJoined: started?.month ?? null,
    yearJoined: started?.year ?? null,
    timeInCurrentRole: null,
  };
};

type Title = Pick<SecondaryPosition, 'cleanedPosition' | 'seniority' | 'department'>;
type Employer = Omit<SecondaryPosition, keyof Title | 'monthJoined' | 'yearJoined' | 'timeInCurrentRole'>;

const noEmployer: Employer = {
  companyId: null,
  companyName: null,
  companySize: null,
  companyWebsite: null,
  companyLinkedin: null,
  companyIndustry: null,
};
const noTitle: Title = { cleanedPosition: null, seniority: null, department: null };

const readEmployer = (company: Fields): Employer => ({
  companyId: company.get(text, 'id'),
  companyName: company.get(text, 'name'),
  companySize: company.get(text, 'size'),
  companyWebsite: company.get(words, 'website'),
  companyLinkedin: company.get(companySlug, 'linkedin_url'),
  companyIndustry: company.get(text, 'industry'),
});

const readTitle = (title: Fields): Title => ({
  cleanedPosition: title.get(text, 'name'),
  seniority: title.list(text, 'levels')?.[0] ?? null,
  department: title.get(text, 'role'),
});

const joined = (texts: string[] | null): string | null =>
  texts === null || texts.length === 0 ? null : texts.join(', ');
