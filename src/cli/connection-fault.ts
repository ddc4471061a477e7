import { GatewayError } from '../errors.js';

const tlsCodes = /^(?:CERT_|DEPTH_ZERO|EPROTO$|ERR_(?:OSSL|SSL|TLS)|SELF_SIGNED|UNABLE_TO)/;
/** Codes of requests that were not sent. */
const notSentCodes = ['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
/** Codes of requests that may have arrived. */
const lostCodes = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'];

/** Whether another attempt may succeed. `repeatable`: the request may be sent again although it may have arrived. */
export const isWorthRetrying = (error: unknown, repeatable: boolean): boolean => {
  if (error instanceof GatewayError) return repeatable && error.retryable;
  const code = codeOf(error);
  return notSentCodes.includes(code) || (repeatable && lostCodes.includes(code));
};

/** Whether the connection to the gateway is lost or was never made. */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof GatewayError ? error.code === 'UNAVAILABLE' : codeOf(error) !== '';

/** An error of a connection to the gateway as UNAVAILABLE, with what to do. Others are returned unchanged. */
export const explainConnectionFault = (error: unknown, url: string): unknown => {
  if (error instanceof GatewayError) return error;
  const code = codeOf(error);
  const sentence = sentenceFor(code, new URL(url).hostname);
  if (sentence === null) return error;
  return new GatewayError('UNAVAILABLE', `${url} ${sentence}`, { cause: error });
};

const sentenceFor = (code: string, host: string): string | null => {
  if (code === 'ENOTFOUND') {
    return `cannot be reached: the host ${host} is not known. Check FIRMABLE_GATEWAY_URL.`;
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return `does not speak TLS (${code}): write http:// in FIRMABLE_GATEWAY_URL, if the network can be trusted.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `has a certificate of another host (${code}): write the host in FIRMABLE_GATEWAY_URL as its certificate does.`;
  }
  if (tlsCodes.test(code)) {
    return `has a TLS certificate or version that was not accepted (${code}): set NODE_EXTRA_CA_CERTS to the certificate of its authority.`;
  }
  if (notSentCodes.includes(code)) {
    return `cannot be reached (${code}): check that the gateway runs there, and check FIRMABLE_GATEWAY_URL.`;
  }
  if (lostCodes.includes(code) || code === 'UND_ERR_BODY_TIMEOUT') {
    return `closed the connection or did not answer in time (${code}): try again.`;
  }
  return code.startsWith('UND_ERR_') || code.startsWith('HPE_')
    ? `cannot be called (${code}): check FIRMABLE_GATEWAY_URL and the proxy.`
    : null;
};

/** The code of an error or of its causes; empty without one. Several addresses of one host fail as one error. */
const codeOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? '' : codeOf(error.cause);
};
