import type {
  MarketingChannels,
  NextGen,
  ReviewRatings,
  Reviews,
  SocialProfile,
  SocialProfiles,
  Technographics,
  TrafficShare,
  WebTraffic,
  WebTrafficSummary,
} from '../records.js';
import type { Fields, Kind } from '../fields/read-fields.js';
import { count, flag, number, text, words } from '../fields/value-kinds.js';

/** Reads what Firmable calls next-generation data; names differ only in case. */
export const readNextGen = (fields: Fields): NextGen => ({
  id: fields.get(text, 'id'),
  website: fields.get(words, 'website'),
  technographics: readTechnographics(fields),
  socialMedia: fields.object('social_media', readSocialProfiles),
  reviews: fields.object('reviews_rating', readReviews),
  webTraffic: fields.object('web_traffic', readWebTraffic),
});

const readTechnographics = (fields: Fields): Technographics[] | null => {
  const named = fields.pairs(anyList, 'technographics');
  return (
    named?.map(({ name, value }) => {
      const technologies: string[] = [];
      for (const item of value) {
        const technology = text.read(item) ?? null;
        if (technology === null) fields.note('technographics.*[]', text.expected, item);
        else technologies.push(technology);
      }
      return { category: name, technologies };
    }) ?? null
  );
};

const anyList: Kind<unknown[]> = {
  expected: 'list',
  read: (value) => (Array.isArray(value) ? value : undefined),
};

const readSocialProfiles = (fields: Fields): SocialProfiles => ({
  youtube: fields.object('youtube', readSocialProfile),
  instagram: fields.object('instagram', readSocialProfile),
  linkedin: fields.object('linkedin', readSocialProfile),
  facebook: fields.object('facebook', readSocialProfile),
});

const readSocialProfile = (fields: Fields): SocialProfile => ({
  profileName: fields.get(text, 'profile_name'),
  handle: fields.get(text, 'handle'),
  followers: fields.get(count, 'followers'),
  // Text by the documented type, a boolean in the example.
  verified: fields.get(flag, 'verified'),
  videos: fields.get(count, 'videos'),
  likes: fields.get(count, 'likes'),
  views: fields.get(count, 'views'),
  subscribers: fields.get(count, 'subscribers'),
  following: fields.get(count, 'following'),
  joined: fields.get(text, 'joined'),
});

const readReviews = (fields: Fields): Reviews => ({
  ceoApproval: fields.get(text, 'ceo_approval'),
  totalReviews: fields.get(count, 'total_reviews'),
  ratings: fields.object('rating', readRatings),
  overallRating: fields.get(text, 'overall_rating'),
  employeeRatingId: fields.get(text, 'employee_rating_id'),
  recommendToFriend: fields.get(number, 'recommend_to_friend'),
  // The documented example is the number 4.5, which is not a URL.
  url: fields.get(words, 'url'),
});

const readRatings = (fields: Fields): ReviewRatings => ({
  ceoApproval: fields.get(text, 'ceo_approval_rating'),
  careerOpportunities: fields.get(text, 'career_opportunities_rating'),
  compensationAndBenefits: fields.get(text, 'compensation_and_benefits_rating'),
  cultureAndValues: fields.get(text, 'culture_and_values_rating'),
  diversityAndInclusion: fields.get(text, 'diversity_and_inclusion_rating'),
  seniorManagement: fields.get(text, 'senior_management_rating'),
  workLifeBalance: fields.get(text, 'work_life_balance_rating'),
});

const readWebTraffic = (fields: Fields): WebTraffic => ({
  summary: fields.object('summary', readSummary),
  trafficShare: fields.object('traffic_share', readTrafficShare),
  marketingChannels: fields.object('marketing_channels_distribution', readMarketingChannels),
});

const readSummary = (fields: Fields): WebTrafficSummary => ({
  averageVisitDuration: fields.get(text, 'avg_visit_duration'),
  totalWebVisitors: fields.get(count, 'total_web_visitors'),
  bounceRate: fields.get(number, 'bounce_rate'),
  pagesPerVisit: fields.get(number, 'pages_per_visit'),
});

const readTrafficShare = (fields: Fields): TrafficShare => ({
  countries: fields.pairs(number, 'countries') ?? [],
  organic: fields.get(number, 'organic'),
  paid: fields.get(number, 'paid'),
});

const readMarketingChannels = (fields: Fields): MarketingChannels => ({
  direct: fields.get(number, 'Direct', 'direct'),
  referrals: fields.get(number, 'Referrals', 'referrals'),
  search: fields.get(number, 'Search', 'search'),
  social: fields.get(number, 'Social', 'social'),
  mail: fields.get(number, 'Mail', 'mail'),
});
