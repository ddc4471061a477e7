import type { Operation, UserError } from '../operation.js';

/** The delivery of an alert to one destination. */
export type Delivery = {
  destination: { name: string };
  state: 'PENDING' | 'DELIVERED' | 'FAILED';
  attempts: number;
  lastAttemptAt: string | null;
  lastError: string | null;
  nextAttemptAt: string | null;
};

/** The fields of a delivery. */
export const deliveryFields = `destination {
            name
          }
          state
          attempts
          lastAttemptAt
          lastError
          nextAttemptAt`;

export type Alert = {
  id: string;
  title: string | null;
  raisedAt: string;
  resolvedAt: string | null;
  deliveries: Delivery[];
};

export type Destination = {
  id: string;
  name: string;
  kind: 'WEBHOOK' | 'SLACK' | 'TEAMS' | 'GOOGLE_CHAT' | 'DISCORD' | 'EMAIL';
  /** Both null for tokens that may not change them. */
  url: string | null;
  recipients: string[] | null;
  enabled: boolean;
  events: string[];
  budgets: { id: string }[] | null;
  connections: { id: string }[] | null;
};

export const kindTitles: Readonly<Record<Destination['kind'], string>> = {
  WEBHOOK: 'Signed webhook',
  SLACK: 'Slack',
  TEAMS: 'Microsoft Teams',
  GOOGLE_CHAT: 'Google Chat',
  DISCORD: 'Discord',
  EMAIL: 'E-mail',
};

export type Alerts = { alertDestinations: { nodes: Destination[] }; alerts: { nodes: Alert[] } };

export const alerts: Operation<Record<string, never>, Alerts> = {
  name: 'Alerts',
  text: `query Alerts {
  alertDestinations(first: 100) {
    nodes {
      id
      name
      kind
      url
      recipients
      enabled
      events
      budgets {
        id
      }
      connections {
        id
      }
    }
  }
  alerts(first: 8) {
    nodes {
      id
      title
      raisedAt
      resolvedAt
      deliveries {
          ${deliveryFields}
      }
    }
  }
}
`,
};

type Changed = { destination: { name: string } | null; userErrors: UserError[] };

const changed = `destination {
      name
    }
    userErrors {
      message
      field
    }`;

/** For EMAIL recipients, for all others the URL. Null events: all. */
export type NewDestination = {
  kind: string;
  name: string;
  url: string | null;
  recipients: string[] | null;
  events: string[] | null;
};

type Created = { createAlertDestination: Changed & { webhookSecret: string | null } };

export const createDestination: Operation<{ input: NewDestination }, Created> = {
  name: 'CreateAlertDestination',
  text: `mutation CreateAlertDestination($input: CreateAlertDestinationInput!) {
  createAlertDestination(input: $input) {
    webhookSecret
    ${changed}
  }
}
`,
};

export type DestinationChange = {
  id: string;
  name: string;
  url: string | null;
  recipients: string[] | null;
  enabled: boolean;
  events: string[];
};

export const updateDestination: Operation<{ input: DestinationChange }, { updateAlertDestination: Changed }> =
  {
    name: 'UpdateAlertDestination',
    text: `mutation UpdateAlertDestination($input: UpdateAlertDestinationInput!) {
  updateAlertDestination(input: $input) {
    ${changed}
  }
}
`,
  };

type Deleted = { deleteAlertDestination: { deletedId: string | null; userErrors: UserError[] } };

export const deleteDestination: Operation<{ id: string }, Deleted> = {
  name: 'DeleteAlertDestination',
  text: `mutation DeleteAlertDestination($id: ID!) {
  deleteAlertDestination(id: $id) {
    deletedId
    userErrors {
      message
      field
    }
  }
}
`,
};

type Tested = {
  sendTestAlert: { delivered: boolean; status: number | null; error: string | null; userErrors: UserError[] };
};

export const sendTest: Operation<{ id: string }, Tested> = {
  name: 'SendTestAlert',
  text: `mutation SendTestAlert($id: ID!) {
  sendTestAlert(id: $id) {
    delivered
    status
    error
    userErrors {
      message
      field
    }
  }
}
`,
};
