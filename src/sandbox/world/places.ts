export type Place = {
  city: string;
  state: string;
  /** ISO code, as the API takes it. */
  country: 'AU' | 'NZ' | 'SG';
  /** The Australian area code under which the company's numbers are invented. */
  areaCode: string;
};

export const countryNames = { AU: 'Australia', NZ: 'New Zealand', SG: 'Singapore' } as const;

/** The codes that the API's `country` takes. */
export const countries = [
  'AU',
  'NZ',
  'SG',
  'MY',
  'ID',
  'PH',
  'HK',
  'JP',
  'VN',
  'KR',
  'TH',
  'US',
  'CA',
] as const;
export type Country = (typeof countries)[number];

export const australianPlaces: readonly Place[] = [
  { city: 'Sydney', state: 'NSW', country: 'AU', areaCode: '02' },
  { city: 'Melbourne', state: 'VIC', country: 'AU', areaCode: '03' },
  { city: 'Brisbane', state: 'QLD', country: 'AU', areaCode: '07' },
  { city: 'Perth', state: 'WA', country: 'AU', areaCode: '08' },
  { city: 'Adelaide', state: 'SA', country: 'AU', areaCode: '08' },
  { city: 'Newcastle', state: 'NSW', country: 'AU', areaCode: '02' },
  { city: 'Geelong', state: 'VIC', country: 'AU', areaCode: '03' },
  { city: 'Hobart', state: 'TAS', country: 'AU', areaCode: '03' },
  { city: 'Canberra', state: 'ACT', country: 'AU', areaCode: '02' },
  { city: 'Townsville', state: 'QLD', country: 'AU', areaCode: '07' },
  { city: 'Darwin', state: 'NT', country: 'AU', areaCode: '08' },
];

export const foreignPlaces: readonly Place[] = [
  { city: 'Auckland', state: 'Auckland', country: 'NZ', areaCode: '02' },
  { city: 'Singapore', state: 'Singapore', country: 'SG', areaCode: '08' },
  { city: 'Wellington', state: 'Wellington', country: 'NZ', areaCode: '02' },
  { city: 'Christchurch', state: 'Canterbury', country: 'NZ', areaCode: '02' },
];

/** In full, as the other providers write them. A place abroad names its region in full already. */
export const regionOf = (place: Place): string => australianStates[place.state] ?? place.state;

const australianStates: Readonly<Record<string, string>> = {
  NSW: 'New South Wales',
  VIC: 'Victoria',
  QLD: 'Queensland',
  WA: 'Western Australia',
  SA: 'South Australia',
  TAS: 'Tasmania',
  ACT: 'Australian Capital Territory',
  NT: 'Northern Territory',
};
