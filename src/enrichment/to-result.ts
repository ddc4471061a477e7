import { GatewayError, isProblemCode } from '../errors.js';

/** What is wrong with one ask, as a value, since it is said in its answer; what is wrong with a whole request is thrown. */
export const toResult = async <Result>(work: () => Promise<Result>): Promise<Result | GatewayError> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GatewayError && isProblemCode(error.code)) return error;
    throw error;
  }
};
