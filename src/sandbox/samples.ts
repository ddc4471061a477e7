/** One company by all its identifiers. */
export type SampleCompany = {
  id: string;
  name: string;
  domain: string;
  website: string;
  linkedin: string;
  abn: string;
};

/** One person by all its identifiers. */
export type SamplePerson = {
  id: string;
  name: string;
  linkedin: string;
  workEmail: string;
  personalEmail: string;
};

/** The company of the first query. */
export const flagship: SampleCompany = {
  id: 'f000000100001',
  name: 'Harbourline',
  domain: 'harbourline.example',
  website: 'https://www.harbourline.example',
  linkedin: 'harbourline',
  abn: '34999000001',
};

/** Other companies for docs and the demo; a sandbox of 20 records and more has them all. */
export const sampleCompanies: readonly SampleCompany[] = [
  flagship,
  {
    id: 'f000000100007',
    name: 'Quillbourne Brewing',
    domain: 'quillbournebrewing.example',
    website: 'https://www.quillbournebrewing.example',
    linkedin: 'quillbourne-brewing',
    abn: '34999000065',
  },
  {
    // Its head office is in Auckland: `country: NZ` has more of its data than AU.
    id: 'f000000100005',
    name: 'Lanternbeacon Diagnostics',
    domain: 'lanternbeacondiagnostics.example',
    website: 'https://www.lanternbeacondiagnostics.example',
    linkedin: 'lanternbeacon-diagnostics',
    abn: '30999000047',
  },
  {
    // An older record, whose head count is called au_employee_count.
    id: 'f000000100006',
    name: 'Birchmark Power',
    domain: 'birchmarkpower.example',
    website: 'https://www.birchmarkpower.example',
    linkedin: 'birchmark-power',
    abn: '32999000056',
  },
  {
    id: 'f000000100013',
    name: 'Heronfen Systems',
    domain: 'heronfensystems.example',
    website: 'https://www.heronfensystems.example',
    linkedin: 'heronfen-systems',
    abn: '49999000127',
  },
];

/** People of the flagship with every kind of identifier, its chief executive first. */
export const samplePeople: readonly SamplePerson[] = [
  {
    id: 'fp000000200001',
    name: 'Mara Ellery',
    linkedin: 'mara-ellery-harbourline',
    workEmail: 'mara.ellery@harbourline.example',
    personalEmail: 'mara.ellery@letterbox.example',
  },
  {
    id: 'fp000000200003',
    name: 'Anjali Rao',
    linkedin: 'anjali-rao-harbourline',
    workEmail: 'anjali.rao@harbourline.example',
    personalEmail: 'anjali.rao@letterbox.example',
  },
];

/** A company or a person for trying a waterfall, with identifiers that every provider looks up by. */
export type WaterfallCompany = { name: string; domain: string; linkedin: string };
export type WaterfallPerson = { name: string; linkedin: string; workEmail: string };

/** Only People Data Labs has these. */
export const onlyPeopleDataLabs: { company: WaterfallCompany; person: WaterfallPerson } = {
  company: {
    name: 'Tallowmere Instruments',
    domain: 'tallowmereinstruments.example',
    linkedin: 'tallowmere-instruments',
  },
  person: {
    name: 'Ines Calloway',
    linkedin: 'ines-calloway-tallowmere',
    workEmail: 'ines.calloway@tallowmereinstruments.example',
  },
};

/** Only Apollo has these: `person` with a mobile, for 9 credits, `personWithoutMobile` for 1. */
export const onlyApollo: {
  company: WaterfallCompany;
  person: WaterfallPerson;
  personWithoutMobile: WaterfallPerson;
} = {
  company: { name: 'Fennimore Sails', domain: 'fennimoresails.example', linkedin: 'fennimore-sails' },
  person: {
    name: 'Dario Fennimore',
    linkedin: 'dario-fennimore-fennimore',
    workEmail: 'dario.fennimore@fennimoresails.example',
  },
  personWithoutMobile: {
    name: 'Petra Lindqvale',
    linkedin: 'petra-lindqvale-fennimore',
    workEmail: 'petra.lindqvale@fennimoresails.example',
  },
};

/** Both other providers have these, and Firmable does not. */
export const onlyRivals: { company: WaterfallCompany; person: WaterfallPerson } = {
  company: {
    name: 'Greywether Robotics',
    domain: 'greywetherrobotics.example',
    linkedin: 'greywether-robotics',
  },
  person: {
    name: 'Sunniva Hale',
    linkedin: 'sunniva-hale-greywether',
    workEmail: 'sunniva.hale@greywetherrobotics.example',
  },
};

/** Firmable has these without a field that another provider has. A sandbox of 20 records and more has them all. */
export const partialAtFirmable: {
  /** Without telephone numbers; Apollo has one, People Data Labs never has any. */
  company: WaterfallCompany;
  /** Without a telephone number; People Data Labs has a mobile, Apollo none. */
  withoutPhone: WaterfallPerson;
  /** The same, but it is Apollo that has the mobile: for 9 credits. */
  phoneOnlyAtApollo: WaterfallPerson;
  /** Without its work email and without a number; People Data Labs has the address, Apollo does not have this person. */
  withoutWorkEmail: WaterfallPerson;
} = {
  company: {
    name: 'Lanternbeacon Diagnostics',
    domain: 'lanternbeacondiagnostics.example',
    linkedin: 'lanternbeacon-diagnostics',
  },
  withoutPhone: {
    name: 'Linh Dao',
    linkedin: 'linh-dao-harbourline',
    workEmail: 'linh.dao@harbourline.example',
  },
  phoneOnlyAtApollo: {
    name: 'Dev M Iyer',
    linkedin: 'dev-iyer-101d',
    workEmail: 'dev.iyer@umberbrooklegal.example',
  },
  withoutWorkEmail: {
    name: 'Hamish Bellweather',
    linkedin: 'hamish-bellweather-1007',
    workEmail: 'hamish.bellweather@ochrekeepjoinery.example',
  },
};

/** Apollo has only an id of this one, which is free. */
export const bareAtApollo: WaterfallPerson = {
  name: 'Jarrah Corrigan',
  linkedin: 'jarrah-corrigan-1009',
  workEmail: 'jarrah.corrigan@emberbanklabs.example',
};

/** No provider has these. */
export const unknownEverywhere = {
  company: { domain: 'nowhere-to-be-found.example', linkedin: 'nowhere-to-be-found' },
  person: { linkedin: 'nobody-of-nowhere', workEmail: 'nobody@nowhere-to-be-found.example' },
} as const;

/** Three companies and three people that the sandbox of each provider has, by domain and work e-mail. */
export const examplesByProvider = {
  FIRMABLE: {
    domains: sampleCompanies.slice(0, 3).map(({ domain }) => domain),
    workEmails: [...samplePeople, partialAtFirmable.withoutPhone].map(({ workEmail }) => workEmail),
  },
  PEOPLE_DATA_LABS: {
    domains: [flagship.domain, onlyPeopleDataLabs.company.domain, onlyRivals.company.domain],
    workEmails: [onlyPeopleDataLabs.person, onlyRivals.person, partialAtFirmable.withoutPhone].map(
      ({ workEmail }) => workEmail,
    ),
  },
  APOLLO: {
    domains: [flagship.domain, onlyApollo.company.domain, onlyRivals.company.domain],
    workEmails: [onlyApollo.person, onlyApollo.personWithoutMobile, onlyRivals.person].map(
      ({ workEmail }) => workEmail,
    ),
  },
} as const;
