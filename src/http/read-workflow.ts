import { GatewayError } from '../errors.js';
import { readWorkflowName } from '../graphql/workflow.js';
import { decodeHeader } from './decode-header.js';

/**
 * X-Workflow: the caller's label for the purpose of a spend, 1 to 100 printable characters; null where the header is
 * absent. Throws BAD_REQUEST otherwise.
 */
export const readWorkflow = (header: string | null): string | null => {
  if (header === null) return null;
  const workflow = readWorkflowName(decodeHeader(header));
  if (workflow !== null) return workflow;
  throw new GatewayError(
    'BAD_REQUEST',
    'X-Workflow must be 1 to 100 printable characters: send, for example, X-Workflow: crm-sync.',
  );
};
