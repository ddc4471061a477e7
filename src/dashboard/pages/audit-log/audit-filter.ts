import type { AuditFilter } from '../../api/operations.js';

/** The parameters of the address that filter the log, apart from the period. */
export const filterParameters = ['action', 'subject', 'actor', 'by', 'token', 'request'] as const;
export type FilterParameter = (typeof filterParameters)[number];

/** The filter in an address, with what is invalid in it, for the viewer. */
export const readFilter = (
  parameters: URLSearchParams,
  { from, to }: { from: string; to: string },
): { filter: AuditFilter; problems: readonly string[] } => {
  const text = (name: FilterParameter): string | null => parameters.get(name) || null;
  const by = text('by');
  const isKnown = by === null || by === 'operator' || by === 'tokens';
  return {
    filter: {
      from,
      to,
      action: text('action'),
      subject: text('subject'),
      actor: text('actor'),
      token: text('token'),
      requestId: text('request'),
      byOperator: by === 'operator' ? true : by === 'tokens' ? false : null,
    },
    problems: [
      ...(isKnown ? [] : [`"${by}" is neither operator nor tokens. Changes by everybody are shown.`]),
      // The log has no pages of their own: More changes adds the next ones.
      ...(parameters.has('after')
        ? [`The audit log has no parameter "after". The newest changes are shown.`]
        : []),
    ],
  };
};

/** The address of an export of what the filter selects. */
export const exportPath = (filter: AuditFilter, format: 'csv' | 'ndjson'): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== null && value !== undefined) parameters.set(name, String(value));
  return `/export/audit.${format}?${parameters.toString()}`;
};
