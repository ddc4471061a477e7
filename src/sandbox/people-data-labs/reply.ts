import type { Reply } from '../reply.js';

/** Its errors: the status again, and a type with a message. */
export const failure = (status: number, type: string, message: string): Reply => ({
  status,
  body: { status, error: { type, message } },
});

export const notFound = (): Reply => failure(404, 'not_found', 'No records were found matching your request');

export const invalid = (message: string): Reply => failure(400, 'invalid_request_error', message);

export const keyRefused = (): Reply =>
  failure(401, 'authentication_error', 'Request contained a missing or invalid key');

export const allowanceSpent = (): Reply =>
  failure(402, 'payment_required', 'You have reached your account maximum (all matches used)');

export const tooQuick = (): Reply =>
  failure(429, 'rate_limit_error', 'An error occurred due to requests hitting the API too quick');
