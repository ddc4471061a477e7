import { problem } from '../errors.js';
import type { PersonIdentifier } from '../providers/provider.js';
import type { PersonRecord } from '../providers/records.js';
import { chooseIdentifier } from './choose-identifier.js';
import { maxSnapshotAge } from './max-snapshot-age.js';
import type { EnrichmentDeps } from './deps.js';
import { identifyPerson } from './identifiers/identify-person.js';
import { personMissingFields } from './missing-fields.js';
import type { LookupOptions, LookupRequest, PersonKey } from './lookup-request.js';
import { identifiersOfPerson, personLookupKeys, personLookupKey } from './identifiers/record-keys.js';
import type { ResolvedLookup } from './resolved-lookup.js';

/** An ask for a person, understood. A person's data is the same for every country. Throws INVALID_IDENTIFIER. */
export const resolvePersonLookup = (
  deps: EnrichmentDeps,
  request: LookupRequest,
  key: PersonKey,
  options: LookupOptions,
): ResolvedLookup<PersonRecord> => {
  const asked = identifyPerson(key, Object.values(deps.providers));
  const workflow = options.workflow ?? request.workflow ?? request.caller.workflow;
  return {
    operation: 'PERSON',
    lookupKey: personLookupKey(asked),
    workflow,
    missingFields: personMissingFields,
    queryFor: (provider, found, require) => {
      const known = [asked, ...(found === null ? [] : identifiersOfPerson(found).filter(isShared))];
      const by = chooseIdentifier(provider.person, known, provider.isPersonId);
      if (by === null) return { problem: cannotLookUp(provider.title, asked) };
      const byId = provider.person.identifiers.includes('id');
      return {
        provider,
        operation: 'PERSON',
        workflow,
        price: provider.person.price,
        lookupKey: personLookupKey(provider.separatesEmailKinds ? by : asOneKind(by)),
        variant: '',
        maxAgeSeconds: maxSnapshotAge(deps, provider, options),
        require,
        find: (call, knownId) =>
          provider.findPerson(call, {
            operation: 'PERSON',
            by: knownId === null || !byId ? by : { kind: 'id', value: knownId },
            require,
          }),
        read: provider.readPerson,
        nameOf: (record) => personLookupKey({ kind: 'id', value: record.id }),
        lookupKeysOf: personLookupKeys,
      };
    },
  };
};

/** Where both kinds of address are one question, they are one subject too: what one has bought, the other has. */
const asOneKind = ({ kind, value }: PersonIdentifier): PersonIdentifier => ({
  kind: kind === 'personalEmail' ? 'workEmail' : kind,
  value,
});

/** An id means something to its own provider only. */
const isShared = ({ kind }: PersonIdentifier): boolean => kind !== 'id';

const spoken: Record<PersonIdentifier['kind'], string> = {
  id: 'this id',
  linkedin: 'LinkedIn profile',
  workEmail: 'work e-mail',
  personalEmail: 'personal e-mail',
};

const cannotLookUp = (title: string, { kind }: PersonIdentifier) =>
  problem(
    'INVALID_IDENTIFIER',
    `${title} cannot look up a person by ${spoken[kind]}: ask by another identifier, or let another provider ask.`,
  );
