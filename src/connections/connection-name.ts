import { GatewayError } from '../errors.js';
import { violatedConstraint } from '../platform/database.js';
import { label } from '../platform/parse-input.js';

export const connectionName = label('name');

/** Runs a change that sets a name; the index on names decides whether it is free, so that nobody can slip between. */
export const orNameTaken = async <Result>(name: string, change: () => Promise<Result>): Promise<Result> => {
  try {
    return await change();
  } catch (error) {
    if (violatedConstraint(error) !== 'connections_name') throw error;
    throw new GatewayError(
      'NAME_TAKEN',
      `This workspace has a connection named "${name}": choose another name.`,
      {
        field: ['name'],
      },
    );
  }
};
