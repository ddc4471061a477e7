import type * as Records from '../providers/records.js';
import { builder } from './builder.js';

const WebTrafficSummary = builder.objectRef<Records.WebTrafficSummary>('WebTrafficSummary').implement({
  description: 'A summary of the visits.',
  fields: (t) => ({
    averageVisitDuration: t.exposeString('averageVisitDuration', { description: 'How long a visit takes.' }),
    totalWebVisitors: t.exposeFloat('totalWebVisitors', { description: 'How many visit.' }),
    bounceRate: t.exposeFloat('bounceRate', { description: 'How many leave after one page.' }),
    pagesPerVisit: t.exposeFloat('pagesPerVisit', { description: 'How many pages a visit sees.' }),
  }),
});

const NamedNumber = builder.objectRef<Records.NamedNumber>('NamedNumber').implement({
  description: 'A number under a name that the provider chose.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name.' }),
    value: t.exposeFloat('value', { nullable: false, description: 'The value.' }),
  }),
});

const TrafficShare = builder.objectRef<Records.TrafficShare>('TrafficShare').implement({
  description: 'Where visits come from.',
  fields: (t) => ({
    countries: t.expose('countries', {
      type: [NamedNumber],
      nullable: false,
      description: 'Shares by country.',
    }),
    organic: t.exposeFloat('organic', { description: 'The unpaid share.' }),
    paid: t.exposeFloat('paid', { description: 'The paid share.' }),
  }),
});

const MarketingChannels = builder.objectRef<Records.MarketingChannels>('MarketingChannels').implement({
  description: 'Shares of the visits by channel.',
  fields: (t) => ({
    direct: t.exposeFloat('direct', { description: 'By typing the address.' }),
    referrals: t.exposeFloat('referrals', { description: 'By links elsewhere.' }),
    search: t.exposeFloat('search', { description: 'By search engines.' }),
    social: t.exposeFloat('social', { description: 'By social media.' }),
    mail: t.exposeFloat('mail', { description: 'By e-mail.' }),
  }),
});

const CompanyWebTraffic = builder.objectRef<Records.WebTraffic>('CompanyWebTraffic').implement({
  description: "Visits to a company's website.",
  fields: (t) => ({
    summary: t.expose('summary', {
      type: WebTrafficSummary,
      nullable: true,
      description: 'Visitors, durations and pages.',
    }),
    trafficShare: t.expose('trafficShare', {
      type: TrafficShare,
      nullable: true,
      description: 'Where the visits come from.',
    }),
    marketingChannels: t.expose('marketingChannels', {
      type: MarketingChannels,
      nullable: true,
      description: 'Shares of the visits by channel.',
    }),
  }),
});

const Technographics = builder.objectRef<Records.Technographics>('Technographics').implement({
  description: 'Technologies in use, of one category.',
  fields: (t) => ({
    category: t.exposeString('category', { nullable: false, description: 'Such as "Software Development".' }),
    technologies: t.exposeStringList('technologies', { nullable: false, description: 'Their names.' }),
  }),
});

const SocialProfile = builder.objectRef<Records.SocialProfile>('SocialProfile').implement({
  description: 'A profile on a social medium, with its figures.',
  fields: (t) => ({
    profileName: t.exposeString('profileName', { description: 'The name it shows.' }),
    handle: t.exposeString('handle', { description: 'Its handle.' }),
    followers: t.exposeFloat('followers', { description: 'How many follow it.' }),
    verified: t.exposeBoolean('verified', { description: 'Whether the medium has verified it.' }),
    videos: t.exposeFloat('videos', { description: 'How many videos it has.' }),
    likes: t.exposeFloat('likes', { description: 'How many likes it has.' }),
    views: t.exposeFloat('views', { description: 'How often it was viewed.' }),
    subscribers: t.exposeFloat('subscribers', { description: 'How many subscribe to it.' }),
    following: t.exposeFloat('following', { description: 'How many it follows.' }),
    joined: t.exposeString('joined', { description: 'When it was opened, as the provider writes it.' }),
  }),
});

const SocialProfiles = builder.objectRef<Records.SocialProfiles>('SocialProfiles').implement({
  description: 'Profiles on social media, with their figures.',
  fields: (t) => ({
    youtube: t.expose('youtube', { type: SocialProfile, nullable: true, description: 'On YouTube.' }),
    instagram: t.expose('instagram', { type: SocialProfile, nullable: true, description: 'On Instagram.' }),
    linkedin: t.expose('linkedin', { type: SocialProfile, nullable: true, description: 'On LinkedIn.' }),
    facebook: t.expose('facebook', { type: SocialProfile, nullable: true, description: 'On Facebook.' }),
  }),
});

const ReviewRatings = builder.objectRef<Records.ReviewRatings>('ReviewRatings').implement({
  description: 'Marks by subject, as the provider writes them.',
  fields: (t) => ({
    ceoApproval: t.exposeString('ceoApproval', { description: 'For its chief executive.' }),
    careerOpportunities: t.exposeString('careerOpportunities', { description: 'For career opportunities.' }),
    compensationAndBenefits: t.exposeString('compensationAndBenefits', {
      description: 'For pay and benefits.',
    }),
    cultureAndValues: t.exposeString('cultureAndValues', { description: 'For culture and values.' }),
    diversityAndInclusion: t.exposeString('diversityAndInclusion', {
      description: 'For diversity and inclusion.',
    }),
    seniorManagement: t.exposeString('seniorManagement', { description: 'For senior management.' }),
    workLifeBalance: t.exposeString('workLifeBalance', { description: 'For the balance of work and life.' }),
  }),
});

const Reviews = builder.objectRef<Records.Reviews>('Reviews').implement({
  description: 'What its employees say of it.',
  fields: (t) => ({
    ceoApproval: t.exposeString('ceoApproval', { description: 'Approval of its chief executive.' }),
    totalReviews: t.exposeFloat('totalReviews', { description: 'How many reviews there are.' }),
    ratings: t.expose('ratings', { type: ReviewRatings, nullable: true, description: 'Marks by subject.' }),
    overallRating: t.exposeString('overallRating', { description: 'The overall mark.' }),
    employeeRatingId: t.exposeString('employeeRatingId', { description: "The rating's id at the provider." }),
    recommendToFriend: t.exposeFloat('recommendToFriend', {
      description: 'Employees who would recommend it, in percent.',
    }),
    url: t.exposeString('url', { description: 'Where the reviews are.' }),
  }),
});

export const CompanyNextGen = builder.objectRef<Records.NextGen>('CompanyNextGen').implement({
  description: 'What Firmable calls next-generation data.',
  fields: (t) => ({
    id: t.exposeString('id', { description: "The company's id, repeated." }),
    website: t.exposeString('website', { description: 'The website the data was gathered from.' }),
    technographics: t.field({
      type: [Technographics],
      description: 'Technologies in use, by category.',
      resolve: (one) => one.technographics?.slice(),
    }),
    socialMedia: t.expose('socialMedia', {
      type: SocialProfiles,
      nullable: true,
      description: 'Social profiles.',
    }),
    reviews: t.expose('reviews', { type: Reviews, nullable: true, description: 'What employees say.' }),
    webTraffic: t.expose('webTraffic', {
      type: CompanyWebTraffic,
      nullable: true,
      description: 'Visits to its website.',
    }),
  }),
});

export const NamedText = builder.objectRef<Records.NamedText>('NamedText').implement({
  description: 'A value under a name that the provider chose.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'The name.' }),
    value: t.exposeString('value', { nullable: false, description: 'The value.' }),
  }),
});

export const CompanyIdentifiers = builder
  .objectRef<Records.CompanyIdentifiers>('CompanyIdentifiers')
  .implement({
    description: 'Business registers and industry codes.',
    fields: (t) => ({
      abn: t.exposeString('abn', { description: 'Australian Business Number.' }),
      acn: t.exposeString('acn', { description: 'Australian Company Number.' }),
      nzbn: t.exposeString('nzbn', { description: 'New Zealand Business Number.' }),
      uen: t.exposeString('uen', { description: 'Unique Entity Number of Singapore.' }),
      sic: t.exposeString('sic', { description: 'Standard Industrial Classification.' }),
      duns: t.exposeString('duns', { description: 'D-U-N-S number.' }),
      naics: t.exposeString('naics', { description: 'North American Industry Classification System code.' }),
      anzsic: t.exposeString('anzsic', {
        description: 'Australian and New Zealand Standard Industrial Classification code.',
      }),
      other: t.expose('other', {
        type: [NamedText],
        nullable: false,
        description: "Identifiers of further countries, by the provider's own name for them.",
      }),
    }),
  });

export const CompanySocialMedia = builder
  .objectRef<Records.CompanySocialMedia>('CompanySocialMedia')
  .implement({
    description: "The company's handles on social media.",
    fields: (t) => ({
      twitter: t.exposeString('twitter', { description: 'On Twitter.' }),
      youtube: t.exposeString('youtube', { description: 'On YouTube.' }),
      facebook: t.exposeString('facebook', { description: 'On Facebook.' }),
      linkedin: t.exposeString('linkedin', { description: 'On LinkedIn.' }),
      instagram: t.exposeString('instagram', { description: 'On Instagram.' }),
    }),
  });
