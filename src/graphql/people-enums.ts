import { builder } from './builder.js';

// The ids are Firmable's, from the documentation of POST /people/search.

export const Seniority = builder.enumType('Seniority', {
  description: 'A level of seniority.',
  values: {
    BOARD_MEMBER: { value: 1, description: 'Board member or company director.' },
    OWNER: { value: 2, description: 'Owner or founder.' },
    C_SUITE: { value: 3, description: 'C-suite or partner.' },
    DIRECTOR: { value: 4, description: 'Vice president, director or head of something.' },
    MANAGER: { value: 5, description: 'Manager.' },
    OTHER: { value: 6, description: 'Any other level.' },
    NO_DATA: { value: 7, description: 'The level is not known.' },
  },
});

export const Department = builder.enumType('Department', {
  description: 'A department.',
  values: {
    GENERAL_MANAGEMENT: { value: 1, description: 'General management.' },
    SALES: { value: 2, description: 'Sales.' },
    TRADES: { value: 3, description: 'Trades.' },
    OPERATIONS: { value: 4, description: 'Operations.' },
    ENGINEERING_AND_TECHNICAL: { value: 5, description: 'Engineering and technical.' },
    HUMAN_RESOURCES: { value: 6, description: 'Human resources.' },
    CUSTOMER_SERVICE: { value: 7, description: 'Customer service.' },
    MEDICINE_AND_HEALTHCARE: { value: 8, description: 'Medicine and healthcare.' },
    RESEARCH_AND_ANALYSIS: { value: 9, description: 'Research and analysis.' },
    LEGAL: { value: 10, description: 'Legal.' },
    MARKETING: { value: 11, description: 'Marketing.' },
    EDUCATION_AND_TRAINING: { value: 12, description: 'Education and training.' },
    CONSULTING: { value: 13, description: 'Consulting.' },
    FINANCE: { value: 14, description: 'Finance.' },
    PRODUCT: { value: 15, description: 'Product.' },
    OTHER: { value: 16, description: 'Any other department.' },
    NO_DATA: { value: 17, description: 'The department is not known.' },
  },
});
