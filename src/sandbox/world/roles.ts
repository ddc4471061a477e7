/** By Firmable's ids, 1 to 7. */
export const seniorities = [
  'Board Member / Company Director',
  'Owner / Founder',
  'C-Suite / Partner',
  'VP/Director / Head of',
  'Manager',
  'Other',
  'No Data Available',
] as const;

/** By Firmable's ids, 1 to 17. */
export const departments = [
  'General Management',
  'Sales',
  'Trades',
  'Operations',
  'Engineering & Technical',
  'Human Resources',
  'Customer Service',
  'Medicine & Healthcare',
  'Research & Analysis',
  'Legal',
  'Marketing',
  'Education & Training',
  'Consulting',
  'Finance',
  'Product',
  'Other',
  'No Data Available',
] as const;

export type Role = { position: string; seniority: number; department: number };

/** Who is first in a company. */
export const leadingRoles: readonly Role[] = [
  { position: 'Chief Executive Officer', seniority: 3, department: 1 },
  { position: 'Managing Director', seniority: 3, department: 1 },
  { position: 'Founder', seniority: 2, department: 1 },
  { position: 'Chair of the Board', seniority: 1, department: 1 },
];

export const otherRoles: readonly Role[] = [
  { position: 'Chief Financial Officer', seniority: 3, department: 14 },
  { position: 'Chief Technology Officer', seniority: 3, department: 5 },
  { position: 'Head of Marketing', seniority: 4, department: 11 },
  { position: 'Director of Operations', seniority: 4, department: 4 },
  { position: 'VP Sales', seniority: 4, department: 2 },
  { position: 'General Counsel', seniority: 4, department: 10 },
  { position: 'People and Culture Manager', seniority: 5, department: 6 },
  { position: 'Product Manager', seniority: 5, department: 15 },
  { position: 'Customer Success Manager', seniority: 5, department: 7 },
  { position: 'Clinical Governance Manager', seniority: 5, department: 8 },
  { position: 'Account Executive', seniority: 6, department: 2 },
  { position: 'Software Engineer', seniority: 6, department: 5 },
  { position: 'Site Supervisor', seniority: 6, department: 3 },
  { position: 'Research Analyst', seniority: 6, department: 9 },
  { position: 'Learning Designer', seniority: 6, department: 12 },
  { position: 'Consultant', seniority: 6, department: 13 },
  { position: 'Executive Assistant', seniority: 6, department: 16 },
  { position: 'Contractor', seniority: 7, department: 17 },
];
