const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'no way leads to that host',
  ENETUNREACH: 'no way leads to that network',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  UND_ERR_SOCKET: 'the connection broke',
};

/** Why a connection failed, in words: the system's code is in the error, in its cause (`fetch`), or in those that it gathers (two addresses of a host). */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = REASONS[code];
  if (known !== undefined) return known;
  if (error instanceof AggregateError && error.errors.length > 0) return networkReason(error.errors[0]);
  if (error.cause instanceof Error) return networkReason(error.cause);
  return error.message || code || error.name;
}
