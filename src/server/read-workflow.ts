import { GatewayError } from '../errors.js';
import { readWorkflowName } from '../graphql/workflow.js';

/**
 * X-Workflow: the caller's label for the purpose of a spend, 1 to 100 printable characters; null where the header is
 * absent. HTTP carries header bytes as Latin-1, so a label in UTF-8 is decoded back. Throws BAD_REQUEST otherwise.
 */
export const readWorkflow = (header: string | null): string | null => {
  if (header === null) return null;
  const workflow = readWorkflowName(decode(header));
  if (workflow !== null) return workflow;
  throw new GatewayError(
    'BAD_REQUEST',
    'X-Workflow must be 1 to 100 printable characters: send, for example, X-Workflow: crm-sync.',
  );
};

const decode = (header: string): string => {
  const bytes = Buffer.from(header, 'latin1');
  const utf8 = bytes.toString('utf8');
  return Buffer.from(utf8, 'utf8').equals(bytes) ? utf8 : header;
};
