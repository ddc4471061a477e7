export type Period = { from: Date; to: Date };

const quarterMs = 15 * 60_000;

/**
 * Cuts a period into its whole quarters of an hour, which are kept added up, and the ragged ends, which are not.
 * Either may be missing; together they are the period, without a gap or an overlap.
 */
export const cutPeriod = ({ from, to }: Period): { whole: Period | null; ragged: Period[] } => {
  const wholeFrom = new Date(Math.ceil(from.getTime() / quarterMs) * quarterMs);
  const wholeTo = new Date(Math.floor(to.getTime() / quarterMs) * quarterMs);
  if (wholeFrom >= wholeTo) return { whole: null, ragged: [{ from, to }] };
  return {
    whole: { from: wholeFrom, to: wholeTo },
    ragged: [
      { from, to: wholeFrom },
      { from: wholeTo, to },
    ].filter((end) => end.from < end.to),
  };
};
