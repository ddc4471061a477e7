import type * as Records from '../providers/records.js';
import { builder } from './builder.js';

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
