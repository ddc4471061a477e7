import { GatewayError } from '../../errors.js';
import type { PersonIdentifier } from '../../providers/provider.js';
import type { Provider } from '../../providers/catalogue.js';
import { spellingOfAny } from '../choose-identifier.js';
import { normalizeEmail } from './normalize-email.js';
import { normalizeLinkedin } from './normalize-linkedin.js';
import type { PersonKey } from '../lookup-request.js';

const fields = ['id', 'linkedin', 'workEmail', 'personalEmail'] as const;

/** Like identifyCompany, for people. Throws INVALID_IDENTIFIER for nonsense, before any money moves. */
export const identifyPerson = (
  key: PersonKey,
  providers: readonly Pick<Provider, 'isPersonId'>[],
): PersonIdentifier => {
  const given = fields.flatMap((field) => (key[field] == null ? [] : [{ field, text: key[field] }]));
  const [{ field, text } = { field: null, text: '' }] = given;
  if (field === null || given.length > 1) {
    throw invalid('by', 'Name the person by exactly one of id, linkedin, workEmail, personalEmail.');
  }
  switch (field) {
    case 'id': {
      const id = spellingOfAny(
        text.trim(),
        providers.map(({ isPersonId }) => isPersonId),
      );
      if (id !== null) return { kind: 'id', value: id };
      throw invalid(
        field,
        "This is no provider's person id: Firmable's look like fp000000067890; take others from an answer as they stand.",
      );
    }
    case 'linkedin': {
      const slug = normalizeLinkedin('person', text);
      if (slug !== null) return { kind: 'linkedin', value: slug };
      throw invalid(
        field,
        'This is no LinkedIn profile: write https://www.linkedin.com/in/name or just name; a company page is asked for with the field company.',
      );
    }
    case 'workEmail':
    case 'personalEmail': {
      const email = normalizeEmail(text);
      if (email !== null) return { kind: field, value: email };
      throw invalid(field, 'This is no e-mail address: write it like name@example.com.');
    }
  }
};

const invalid = (field: string, message: string): GatewayError =>
  new GatewayError('INVALID_IDENTIFIER', message, { field: field === 'by' ? ['by'] : ['by', field] });
