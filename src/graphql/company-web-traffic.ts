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

export const CompanyWebTraffic = builder.objectRef<Records.WebTraffic>('CompanyWebTraffic').implement({
  description: "Visits to a company's website.",
  fields: (t) => ({
    summary: t.expose('summary', { type: WebTrafficSummary, nullable: true, description: 'The summary.' }),
    trafficShare: t.expose('trafficShare', {
      type: TrafficShare,
      nullable: true,
      description: 'The origin of the credits.',
    }),
    marketingChannels: t.expose('marketingChannels', {
      type: MarketingChannels,
      nullable: true,
      description: 'By which channel.',
    }),
  }),
});
