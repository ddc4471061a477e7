import type { JSX } from 'preact';
import { Badge } from '../../ui/badge.js';
import { type FactOf, Facts } from '../../ui/fact.js';
import { formatNumber } from '../../ui/format.js';
import { Link } from '../../ui/link.js';
import { Panel } from '../../ui/panel.js';
import { Outcome } from './outcome.js';
import type { RecordKind } from './read-keys.js';
import { ReceiptFacts } from './receipt-facts.js';
import { SandboxHint } from './sandbox-hint.js';
import type { Choices, Found } from './wanted.js';

/** The result of one lookup: the record, or why there is none, and what it cost. */
export const FoundRecord = ({
  found,
  kind,
  choices,
}: {
  found: Found;
  kind: RecordKind;
  choices: Choices;
}): JSX.Element => {
  const { company, person, outcome, problem, receipt, suggestedDomain } = found;
  const record = company ?? person;
  return (
    <div role="status">
      <Panel
        title={record?.name ?? found.text}
        tools={
          <>
            {receipt.sandbox ? <Badge>Sandbox</Badge> : null}
            <Outcome outcome={outcome} />
          </>
        }
      >
        {problem === null ? null : <p class="wrong">{problem.message}</p>}
        {record === null && problem === null ? (
          <p>The provider has no such record. Nothing was charged.</p>
        ) : null}
        {suggestedDomain === null ? null : (
          <p>
            Its registrable domain is{' '}
            <Link to="/enrich" parameters={{ by: suggestedDomain }}>
              {suggestedDomain}
            </Link>
            , which may be a larger organization.
          </p>
        )}
        {record === null && receipt.sandbox ? (
          <SandboxHint kind={kind} found={found} choices={choices} />
        ) : null}
        <Facts facts={company === null ? personFacts(found) : companyFacts(found)} />
        {record === null ? null : (
          <p class="note">
            <Link to={`/records/${encodeURIComponent(record.recordId)}`}>All fields of the record</Link>
          </p>
        )}
      </Panel>
      <Panel title="Receipt">
        <ReceiptFacts receipt={receipt} />
      </Panel>
    </div>
  );
};

const companyFacts = ({ company }: Found): FactOf[] =>
  company === null
    ? []
    : [
        ['Domain', company.domain ?? company.website],
        ['LinkedIn', company.linkedin],
        ['ABN', company.identifiers?.abn],
        [
          'Employees',
          company.employeeCount === null ? company.companySize : formatNumber(company.employeeCount),
        ],
        ['Industries', company.industries?.join(', ')],
        ['Head office', company.hqLocation],
        ['Phones', company.phones?.join(', ')],
      ];

const personFacts = ({ person }: Found): FactOf[] =>
  person === null
    ? []
    : [
        ['Position', person.position],
        ['Company', person.company?.name],
        ['Department', person.department],
        ['LinkedIn', person.linkedin],
        ['Work e-mail', person.emails?.work.map(({ value }) => value).join(', ')],
        ['Personal e-mail', person.emails?.personal.map(({ value }) => value).join(', ')],
        [
          'Phones',
          person.phones.length === 0
            ? null
            : person.phones.map(({ number, isDoNotCall }) => (
                <span key={number} class="phone">
                  {number} {isDoNotCall === true ? <Badge tone="warning">Do not call</Badge> : null}
                </span>
              )),
        ],
        ['Locations', person.locations?.join(', ')],
      ];
