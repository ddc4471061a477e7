import { GatewayError } from '../../src/errors.js';

/** 'done', or the code of the GatewayError; throws any other error. */
export const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
};
