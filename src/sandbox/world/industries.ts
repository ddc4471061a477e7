export type Industry = {
  label: string;
  /** What such a company is called after its first name. */
  nouns: readonly string[];
  /** Follows the company's name in its description. */
  does: string;
  tagline: string;
  keywords: readonly string[];
  sic: string;
  naics: string;
  anzsic: string;
};

export const industries: readonly Industry[] = [
  {
    label: 'Transportation and Logistics',
    nouns: ['Freight', 'Logistics', 'Haulage', 'Couriers'],
    does: 'moves pallets and parcels between ports, warehouses and shopfronts',
    tagline: 'There by morning',
    keywords: ['Freight', 'Warehousing', 'Last Mile', 'Supply Chain'],
    sic: '4213',
    naics: '484121',
    anzsic: '4610',
  },
  {
    label: 'Construction',
    nouns: ['Builders', 'Constructions', 'Civil', 'Joinery'],
    does: 'builds schools, clinics and mid-rise homes',
    tagline: 'Built to be lived in',
    keywords: ['Commercial Construction', 'Fit-out', 'Project Management', 'Safety'],
    sic: '1542',
    naics: '236220',
    anzsic: '3020',
  },
  {
    label: 'Software Development',
    nouns: ['Software', 'Systems', 'Labs', 'Cloud'],
    does: 'makes scheduling and billing software for field teams',
    tagline: 'Less admin, more work done',
    keywords: ['SaaS', 'Workflow', 'APIs', 'Mobile Apps'],
    sic: '7372',
    naics: '513210',
    anzsic: '7000',
  },
  {
    label: 'Financial Services',
    nouns: ['Capital', 'Advisory', 'Lending', 'Wealth'],
    does: 'lends to small businesses and advises their owners',
    tagline: 'Plain advice, fair terms',
    keywords: ['Business Lending', 'Financial Planning', 'Asset Finance', 'Compliance'],
    sic: '6282',
    naics: '523940',
    anzsic: '6419',
  },
  {
    label: 'Hospitals and Health Care',
    nouns: ['Health', 'Clinics', 'Diagnostics', 'Dental'],
    does: 'runs community clinics and visiting specialists',
    tagline: 'Care close to home',
    keywords: ['Primary Care', 'Telehealth', 'Pathology', 'Allied Health'],
    sic: '8011',
    naics: '621111',
    anzsic: '8511',
  },
  {
    label: 'Renewable Energy',
    nouns: ['Energy', 'Solar', 'Power', 'Storage'],
    does: 'designs and installs rooftop solar and batteries for industry',
    tagline: 'Sunlight, on the books',
    keywords: ['Solar', 'Batteries', 'Energy Efficiency', 'Grid Services'],
    sic: '4911',
    naics: '221114',
    anzsic: '2619',
  },
  {
    label: 'Food and Beverage Manufacturing',
    nouns: ['Foods', 'Provisions', 'Brewing', 'Bakery'],
    does: 'makes pantry goods from fruit and grain of its own region',
    tagline: 'Made slowly, eaten quickly',
    keywords: ['Food Manufacturing', 'Wholesale', 'Private Label', 'Export'],
    sic: '2099',
    naics: '311999',
    anzsic: '1199',
  },
  {
    label: 'Professional Training and Coaching',
    nouns: ['Learning', 'Academy', 'Training', 'College'],
    does: 'trains apprentices and their supervisors on site',
    tagline: 'Skills that stay',
    keywords: ['Vocational Training', 'Apprenticeships', 'Leadership', 'E-learning'],
    sic: '8249',
    naics: '611430',
    anzsic: '8101',
  },
  {
    label: 'Law Practice',
    nouns: ['Legal', 'Law', 'Lawyers', 'Chambers'],
    does: 'advises on property, employment and commercial disputes',
    tagline: 'Clear counsel',
    keywords: ['Commercial Law', 'Property Law', 'Employment Law', 'Mediation'],
    sic: '8111',
    naics: '541110',
    anzsic: '6931',
  },
  {
    label: 'Advertising Services',
    nouns: ['Media', 'Studio', 'Creative', 'Agency'],
    does: 'plans and makes campaigns for regional brands',
    tagline: 'Said once, remembered',
    keywords: ['Branding', 'Media Buying', 'Content', 'Web Design'],
    sic: '7311',
    naics: '541810',
    anzsic: '6940',
  },
];
