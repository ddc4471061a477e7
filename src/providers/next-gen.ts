/** What Firmable calls next-generation data, normalized as in `records.ts`: a missing or unreadable field is null. */

/** A whole number that may exceed 2^31 (views, visitors): GraphQL returns it as a float. */
export type Count = number;

export type NamedNumber = { readonly name: string; readonly value: number };

export type Technographics = { readonly category: string; readonly technologies: readonly string[] };

export type SocialProfile = {
  readonly profileName: string | null;
  readonly handle: string | null;
  readonly followers: Count | null;
  readonly verified: boolean | null;
  readonly videos: Count | null;
  readonly likes: Count | null;
  readonly views: Count | null;
  readonly subscribers: Count | null;
  readonly following: Count | null;
  /** When the profile was opened, as Firmable writes it (2021-01-01). */
  readonly joined: string | null;
};

export type SocialProfiles = {
  readonly youtube: SocialProfile | null;
  readonly instagram: SocialProfile | null;
  readonly linkedin: SocialProfile | null;
  readonly facebook: SocialProfile | null;
};

/** Ratings as Firmable writes them ("4.5"). */
export type ReviewRatings = {
  readonly ceoApproval: string | null;
  readonly careerOpportunities: string | null;
  readonly compensationAndBenefits: string | null;
  readonly cultureAndValues: string | null;
  readonly diversityAndInclusion: string | null;
  readonly seniorManagement: string | null;
  readonly workLifeBalance: string | null;
};

export type Reviews = {
  readonly ceoApproval: string | null;
  readonly totalReviews: Count | null;
  readonly ratings: ReviewRatings | null;
  readonly overallRating: string | null;
  readonly employeeRatingId: string | null;
  /** Employees who would recommend the company, in percent. */
  readonly recommendToFriend: number | null;
  readonly url: string | null;
};

export type WebTrafficSummary = {
  readonly averageVisitDuration: string | null;
  readonly totalWebVisitors: Count | null;
  readonly bounceRate: number | null;
  readonly pagesPerVisit: number | null;
};

export type TrafficShare = {
  /** Share of the visits by country, by Firmable's own name for it. */
  readonly countries: readonly NamedNumber[];
  readonly organic: number | null;
  readonly paid: number | null;
};

export type MarketingChannels = {
  readonly direct: number | null;
  readonly referrals: number | null;
  readonly search: number | null;
  readonly social: number | null;
  readonly mail: number | null;
};

export type WebTraffic = {
  readonly summary: WebTrafficSummary | null;
  readonly trafficShare: TrafficShare | null;
  readonly marketingChannels: MarketingChannels | null;
};

/** What Firmable calls next-generation data. */
export type NextGen = {
  readonly id: string | null;
  readonly website: string | null;
  readonly technographics: readonly Technographics[] | null;
  readonly socialMedia: SocialProfiles | null;
  readonly reviews: Reviews | null;
  readonly webTraffic: WebTraffic | null;
};
