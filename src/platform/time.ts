/** The process's clock, replaced in tests. Credits do not depend on it: the database's clock decides about them. */
export type Clock = { now: () => Date };

export const systemClock: Clock = { now: () => new Date() };

const instantShape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i;

/** ISO 8601 with its offset; a date alone is midnight UTC. Null for anything else and for a date that does not exist. */
export const parseInstant = (text: string): Date | null => {
  const instant = instantShape.test(text) ? new Date(text) : null;
  if (instant === null || Number.isNaN(instant.getTime())) return null;
  // JavaScript reads 30 February as 2 March.
  const date = text.slice(0, 10);
  return new Date(date).toISOString().startsWith(date) ? instant : null;
};

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `90`, `90s`, `15m`, `12h`, `30d`, `2w`; null for anything else. A number without a unit is seconds. */
export const parseDurationSeconds = (text: string): number | null => {
  const [, digits, unit = 's'] = /^(\d{1,10})([smhdw])?$/.exec(text.trim()) ?? [];
  const seconds = unitSeconds[unit];
  return digits === undefined || seconds === undefined ? null : Number(digits) * seconds;
};

/** PostgreSQL's format of an instant by the clocks of a time zone, such as 2026-11-01 00:00. */
export const localFormat = 'YYYY-MM-DD HH24:MI';
