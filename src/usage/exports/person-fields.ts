import type { EmailAddress, PersonRecord, PersonSocialAccount } from '../../providers/records.js';
import type { Column } from './table.js';

/** This many phones have columns of their own; the others are in `morePhones`. */
const phoneColumns = 5;

/**
 * The columns of a person, with the names of the API. Each phone has a Do Not Call column, which is empty if the register's
 * entry is unknown; empty does not mean that calls are allowed. Deeper objects are JSON.
 */
export const personFields: readonly Column<PersonRecord>[] = [
  { name: 'name', value: ({ name }) => name },
  { name: 'firstName', value: ({ firstName }) => firstName },
  { name: 'middleName', value: ({ middleName }) => middleName },
  { name: 'lastName', value: ({ lastName }) => lastName },
  { name: 'position', value: ({ position }) => position },
  { name: 'headline', value: ({ headline }) => headline },
  { name: 'description', value: ({ description }) => description },
  { name: 'department', value: ({ department }) => department },
  { name: 'seniority', value: ({ seniority }) => seniority },
  { name: 'gender', value: ({ gender }) => gender },
  ...personPhones(),
  { name: 'workEmails', value: ({ emails }) => addresses(emails?.work) },
  { name: 'workEmailsDeliverability', value: ({ emails }) => deliverability(emails?.work) },
  { name: 'personalEmails', value: ({ emails }) => addresses(emails?.personal) },
  { name: 'personalEmailsDeliverability', value: ({ emails }) => deliverability(emails?.personal) },
  { name: 'linkedin', value: ({ linkedin }) => linkedin },
  { name: 'github', value: ({ socialMedia }) => handle(socialMedia?.github) },
  { name: 'twitter', value: ({ socialMedia }) => handle(socialMedia?.twitter) },
  { name: 'facebook', value: ({ socialMedia }) => handle(socialMedia?.facebook) },
  { name: 'companyId', value: ({ company }) => company?.id ?? null },
  { name: 'companyName', value: ({ company }) => company?.name ?? null },
  { name: 'companySize', value: ({ company }) => company?.size ?? null },
  { name: 'companyWebsite', value: ({ company }) => company?.website ?? null },
  { name: 'companyLinkedin', value: ({ company }) => company?.linkedin ?? null },
  { name: 'companyIndustries', value: ({ company }) => company?.industries ?? null },
  { name: 'companyMainPhones', value: ({ company }) => company?.mainPhones ?? null },
  { name: 'companyOtherPhones', value: ({ company }) => company?.otherPhones ?? null },
  { name: 'companyMobilePhones', value: ({ company }) => company?.mobilePhones ?? null },
  { name: 'timeInCurrentRole', value: ({ timeInCurrentRole }) => timeInCurrentRole },
  { name: 'monthJoined', value: ({ monthJoined }) => monthJoined },
  { name: 'yearJoined', value: ({ yearJoined }) => yearJoined },
  { name: 'locations', value: ({ locations }) => locations },
  { name: 'skills', value: ({ skills }) => skills },
  { name: 'keywords', value: ({ keywords }) => keywords },
  { name: 'education', value: ({ education }) => education },
  { name: 'secondaryPositions', value: ({ secondaryPositions }) => secondaryPositions },
];

/** The columns of a person's phones, each beside its Do Not Call column. */
export function personPhones(): Column<PersonRecord>[] {
  return [
    ...Array.from({ length: phoneColumns }, (_, index) => phoneFields(index)).flat(),
    {
      name: 'morePhones',
      value: ({ phones }) => (phones.length > phoneColumns ? phones.slice(phoneColumns) : null),
    },
  ];
}

function phoneFields(index: number): Column<PersonRecord>[] {
  return [
    { name: `phone${index + 1}`, value: ({ phones }) => phones[index]?.number ?? null },
    { name: `phone${index + 1}IsDoNotCall`, value: ({ phones }) => phones[index]?.isDoNotCall ?? null },
  ];
}

const addresses = (emails: readonly EmailAddress[] | undefined): string[] | null =>
  emails?.map(({ value }) => value) ?? null;

/** In the order of the addresses. */
const deliverability = (emails: readonly EmailAddress[] | undefined): string[] | null =>
  emails?.map(({ deliverability }) => deliverability ?? '') ?? null;

const handle = (account: PersonSocialAccount | null | undefined): string | null => account?.handle ?? null;
