import type { PersonRecord } from '../providers/records.js';
import type { EnrichmentDeps } from './deps.js';
import { identifyPerson } from './identify-person.js';
import type { AskOptions, AskRequest, PersonKey } from './request.js';
import { personAliases, personSubject } from './subjects.js';
import type { Wish } from './wish.js';

/** An ask for a person, understood. A person's data is the same for every country. Throws INVALID_IDENTIFIER. */
export const personWish = (
  deps: EnrichmentDeps,
  request: AskRequest,
  key: PersonKey,
  options: AskOptions,
): Wish<PersonRecord> => {
  const by = identifyPerson(key);
  const provider = deps.providers.FIRMABLE;
  return {
    operation: 'PERSON',
    provider: provider.name,
    connectionId: options.connectionId ?? null,
    subject: personSubject(by),
    variant: '',
    maxAgeSeconds: options.maxAgeSeconds ?? deps.snapshotMaxAgeSeconds,
    workflow: options.workflow ?? request.workflow ?? request.caller.workflow,
    find: (call, knownId) =>
      provider.findPerson(call, {
        operation: 'PERSON',
        by: knownId === null ? by : { kind: 'id', value: knownId },
      }),
    read: provider.readPerson,
    nameOf: (record) => personSubject({ kind: 'id', value: record.id }),
    aliasesOf: personAliases,
  };
};
