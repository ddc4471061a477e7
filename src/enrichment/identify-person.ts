import { GatewayError } from '../errors.js';
import type { PersonIdentifier } from '../providers/provider.js';
import { normaliseEmail } from './identifiers/normalise-email.js';
import { normaliseLinkedin } from './identifiers/normalise-linkedin.js';
import type { PersonKey } from './request.js';

const personIdShape = /^fp\d{1,20}$/;

const fields = ['id', 'linkedin', 'workEmail', 'personalEmail'] as const;

/** Like identifyCompany, for people. Throws INVALID_IDENTIFIER for nonsense, before any money moves. */
export const identifyPerson = (key: PersonKey): PersonIdentifier => {
  const given = fields.flatMap((field) => (key[field] == null ? [] : [{ field, text: key[field] }]));
  const [{ field, text } = { field: null, text: '' }] = given;
  if (field === null || given.length > 1) {
    throw invalid('by', 'Name the person by exactly one of id, linkedin, workEmail, personalEmail.');
  }
  switch (field) {
    case 'id': {
      const id = text.trim().toLowerCase();
      if (personIdShape.test(id)) return { kind: 'id', value: id };
      throw invalid(field, 'This is no Firmable person id: one looks like fp000000067890.');
    }
    case 'linkedin': {
      const slug = normaliseLinkedin('person', text);
      if (slug !== null) return { kind: 'linkedin', value: slug };
      throw invalid(
        field,
        'This is no LinkedIn profile: write https://www.linkedin.com/in/name or just name; a company page is asked for with the field company.',
      );
    }
    case 'workEmail':
    case 'personalEmail': {
      const email = normaliseEmail(text);
      if (email !== null) return { kind: field, value: email };
      throw invalid(field, 'This is no e-mail address: write it like name@example.com.');
    }
  }
};

const invalid = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_IDENTIFIER', message, { field: field === 'by' ? ['by'] : ['by', field] });
