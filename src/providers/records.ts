import type { Count, NextGen } from './next-gen.js';

/**
 * The normalized records, the same for every provider: every field that Firmable documents, in camelCase. A field that
 * is missing, blank or of an unreadable type is null, so only the id is certain; an empty list was sent as one. A person's
 * phones and e-mails are never null. Maps are lists of named pairs, so that GraphQL can type them.
 */

export type {
  Count,
  MarketingChannels,
  NamedNumber,
  NextGen,
  ReviewRatings,
  Reviews,
  SocialProfile,
  SocialProfiles,
  Technographics,
  TrafficShare,
  WebTraffic,
  WebTrafficSummary,
} from './next-gen.js';

export type NamedText = { readonly name: string; readonly value: string };

/** Business registers and industry classifications; which ones are present depends on the country of the lookup. */
export type CompanyIdentifiers = {
  readonly abn: string | null;
  readonly acn: string | null;
  readonly nzbn: string | null;
  readonly uen: string | null;
  readonly sic: string | null;
  readonly duns: string | null;
  readonly naics: string | null;
  readonly anzsic: string | null;
  /** Identifiers of further countries, by Firmable's own name for them. */
  readonly other: readonly NamedText[];
};

/** Handles, as Firmable sends them. */
export type CompanySocialMedia = {
  readonly twitter: string | null;
  readonly youtube: string | null;
  readonly facebook: string | null;
  readonly linkedin: string | null;
  readonly instagram: string | null;
};

export type CompanyRecord = {
  readonly id: string;
  readonly name: string | null;
  /** The domain name of the website, without scheme or path. */
  readonly domain: string | null;
  readonly website: string | null;
  /** The LinkedIn slug. */
  readonly linkedin: string | null;
  readonly description: string | null;
  readonly tagline: string | null;
  /** Employees in the country of the lookup. */
  readonly employeeCount: number | null;
  readonly yearFounded: number | null;
  readonly hqLocation: string | null;
  readonly hqCountry: string | null;
  /** A size category ("51 - 200"). */
  readonly companySize: string | null;
  readonly companyType: string | null;
  readonly abnOperationStatus: string | null;
  readonly revenue: string | null;
  readonly locations: readonly string[] | null;
  readonly states: readonly string[] | null;
  readonly industries: readonly string[] | null;
  readonly keywords: readonly string[] | null;
  readonly phones: readonly string[] | null;
  readonly emails: readonly string[] | null;
  readonly socialMedia: CompanySocialMedia | null;
  readonly identifiers: CompanyIdentifiers | null;
  readonly orgRegisters: readonly NamedText[] | null;
  readonly nextGen: NextGen | null;
};

export type EmailAddress = { readonly value: string; readonly deliverability: string | null };

export type PersonEmails = {
  readonly personal: readonly EmailAddress[];
  readonly work: readonly EmailAddress[];
};

/** `isDoNotCall` is the Australian Do Not Call Register's word; null means unknown, which is not "may be called". */
export type PhoneNumber = { readonly number: string; readonly isDoNotCall: boolean | null };

/** The company a person works for. */
export type PersonCompany = {
  readonly id: string | null;
  readonly name: string | null;
  readonly size: string | null;
  readonly website: string | null;
  readonly industries: readonly string[] | null;
  /** The company's LinkedIn slug. */
  readonly linkedin: string | null;
  readonly mainPhones: readonly string[] | null;
  readonly otherPhones: readonly string[] | null;
  readonly mobilePhones: readonly string[] | null;
};

export type PersonSocialAccount = {
  readonly handle: string | null;
  readonly connections: Count | null;
  readonly followers: Count | null;
  readonly stars: Count | null;
};

export type PersonSocialMedia = {
  readonly linkedin: PersonSocialAccount | null;
  readonly github: PersonSocialAccount | null;
  readonly twitter: PersonSocialAccount | null;
  readonly facebook: PersonSocialAccount | null;
  readonly youtube: PersonSocialAccount | null;
  readonly pinterest: PersonSocialAccount | null;
};

export type Education = {
  readonly field: string | null;
  readonly degree: string | null;
  readonly dateRange: string | null;
  readonly schoolName: string | null;
};

export type SecondaryPosition = {
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly companySize: string | null;
  readonly companyWebsite: string | null;
  readonly companyLinkedin: string | null;
  readonly companyIndustry: string | null;
  readonly cleanedPosition: string | null;
  /** 1 to 12. */
  readonly monthJoined: number | null;
  readonly yearJoined: number | null;
  readonly timeInCurrentRole: string | null;
  readonly seniority: string | null;
  readonly department: string | null;
};

export type PersonRecord = {
  readonly id: string;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly headline: string | null;
  readonly description: string | null;
  readonly position: string | null;
  readonly company: PersonCompany | null;
  /** As Firmable writes it ("Jan '23 - Present"). */
  readonly timeInCurrentRole: string | null;
  /** 1 to 12. */
  readonly monthJoined: number | null;
  readonly yearJoined: number | null;
  readonly emails: PersonEmails | null;
  readonly phones: readonly PhoneNumber[];
  /** The LinkedIn handle; some records carry a whole URL. */
  readonly linkedin: string | null;
  readonly socialMedia: PersonSocialMedia | null;
  readonly locations: readonly string[] | null;
  readonly department: string | null;
  readonly seniority: string | null;
  readonly gender: string | null;
  readonly skills: readonly string[] | null;
  readonly keywords: readonly string[] | null;
  readonly education: readonly Education[] | null;
  readonly secondaryPositions: readonly SecondaryPosition[] | null;
};

/** One row of a people search: enough to choose by, without the contact data that a lookup is charged for. */
export type FoundPerson = {
  readonly id: string;
  readonly position: string | null;
  readonly companyName: string | null;
  /** The LinkedIn handle. */
  readonly linkedin: string | null;
  readonly hasEmail: boolean | null;
  readonly hasPersonalEmail: boolean | null;
  readonly hasPhone: boolean | null;
  /** Whether one of the numbers is on the Do Not Call Register. */
  readonly hasDoNotCallPhone: boolean | null;
  readonly hasMobile: boolean | null;
};
