import { exampleWaterfall } from './example-waterfall.js';

/**
 * The tabs that GraphiQL opens with. Each runs as it is against the sandbox's demo; the records are those of
 * src/sandbox/samples.ts. A tab has the name of its operation.
 */
export const exampleTabs = (now: Date): { query: string; variables?: string }[] => [
  { query: enrichByDomain },
  { query: lookUpAgainByAbn },
  { query: exampleWaterfall },
  { query: connectKey },
  { query: searchPeople },
  { query: usageByWorkflow, variables: JSON.stringify(lastThirtyDays(now), null, 2) },
  { query: unlockedRecords },
];

const enrichByDomain = `# Enriches a company. Run it with Ctrl-Enter. The receipt shows the charge and who paid.
query EnrichByDomain {
  company(by: { domain: "harbourline.example" }, options: { workflow: "first-steps" }) {
    outcome
    company {
      id
      name
      website
      linkedin
      employeeCount
      yearFounded
      hqLocation
      industries
      identifiers {
        abn
        acn
      }
    }
    receipt {
      charge
      creditsCharged
      creditsSaved
      fromSnapshot
      sandbox
      payer {
        kind
        connection {
          name
        }
      }
    }
    problem {
      code
      message
    }
  }
}
`;

const lookUpAgainByAbn = `# The same company by another identifier. Your workspace has it already, so the lookup is free.
query LookUpAgainByAbn {
  company(by: { abn: "34 999 000 001" }, options: { workflow: "first-steps" }) {
    outcome
    company {
      name
      domain
    }
    receipt {
      charge
      creditsCharged
      creditsSaved
      unlockedAt
    }
    problem {
      code
      message
    }
  }
}
`;

const connectKey = `# Stores a key. This key belongs to the sandbox; real keys start with fbl_, too:
# Firmable -> Manage Account -> Integrations -> Firmable API -> Generate API Key.
mutation ConnectKey {
  createConnection(
    input: { provider: FIRMABLE, name: "my first connection", key: "fbl_sandbox_tryout" }
  ) {
    connection {
      id
      name
      keyHint
      isDefault
      verifiedAt
    }
    userErrors {
      code
      message
      field
    }
  }
}
`;

const searchPeople = `# The people of a company, for free. Enrich one with person(by: { id: "..." }).
query SearchPeople {
  searchPeople(companyId: "f000000100001", filter: { seniority: C_SUITE }, first: 10) {
    outcome
    totalCount
    nodes {
      id
      position
      companyName
      hasEmail
      hasPhone
      hasDoNotCallPhone
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    receipt {
      charge
      creditsCharged
    }
    problem {
      code
      message
    }
  }
}
`;

const usageByWorkflow = `# Credits by day and workflow. Group by any label, in any time zone.
query UsageByWorkflow($from: DateTime!, $to: DateTime!) {
  usage(from: $from, to: $to, timeZone: "Australia/Sydney", groupBy: [DAY, WORKFLOW]) {
    totals {
      lookups
      found
      creditsCharged
      creditsSaved
    }
    rows {
      startsAtLocal
      workflow
      lookups
      creditsCharged
      creditsSaved
    }
  }
}
`;

const unlockedRecords = `# All records that your workspace has bought, newest first. Looking them up again is free.
query UnlockedRecords {
  unlocks(first: 20) {
    totalCount
    nodes {
      recordId
      operation
      identifiers {
        kind
        value
        source
      }
      creditsPaid
      unlockedAt
      fetchedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const dayMs = 86_400_000;

const lastThirtyDays = (now: Date): { from: string; to: string } => {
  const tomorrow = Math.ceil(now.getTime() / dayMs) * dayMs;
  return { from: new Date(tomorrow - 30 * dayMs).toISOString(), to: new Date(tomorrow).toISOString() };
};
