import type * as Records from '../providers/records.js';
import { builder } from './builder.js';
import { CompanyWebTraffic } from './company-web-traffic.js';

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
