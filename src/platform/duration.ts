const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of `90`, `90s`, `15m`, `12h`, `30d`, `2w`; null for anything else. A bare number is seconds. */
export const parseDurationSeconds = (text: string): number | null => {
  const [, digits, unit = 's'] = /^(\d{1,10})([smhdw])?$/.exec(text.trim()) ?? [];
  const seconds = unitSeconds[unit];
  return digits === undefined || seconds === undefined ? null : Number(digits) * seconds;
};
