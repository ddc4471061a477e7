const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i;

/** ISO 8601 with its offset; a date alone is its midnight in UTC. Null for all else, and for a date that no calendar has. */
export const parseInstant = (text: string): Date | null => {
  const instant = shape.test(text) ? new Date(text) : null;
  if (instant === null || Number.isNaN(instant.getTime())) return null;
  // JavaScript reads 30 February as 2 March.
  const date = text.slice(0, 10);
  return new Date(date).toISOString().startsWith(date) ? instant : null;
};
