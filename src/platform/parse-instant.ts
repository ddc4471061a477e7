const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i;

/** ISO 8601 with its offset; a date alone is its midnight in UTC. Null for anything else. */
export const parseInstant = (text: string): Date | null => {
  const instant = shape.test(text) ? new Date(text) : null;
  return instant === null || Number.isNaN(instant.getTime()) ? null : instant;
};
