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

/** The company that the first query asks for. */
export const flagship: SampleCompany = {
  id: 'f000000100001',
  name: 'Harbourline',
  domain: 'harbourline.example',
  website: 'https://www.harbourline.example',
  linkedin: 'harbourline',
  abn: '34999000001',
};

/** Companies that papers and the demo may name besides it; a sandbox of 20 records and more has them all. */
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
    // Its head office is in Auckland: `country: NZ` tells more of it than AU.
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

/** People of the flagship who answer to every kind of identifier, its chief executive first. */
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
