type Ends = { from?: Date | null | undefined; to?: Date | null | undefined };

/** Whether a period has anything in it; one that is open at an end has. */
export const isInOrder = ({ from, to }: Ends): boolean => from == null || to == null || from < to;

export const outOfOrder = {
  path: ['to'],
  message: '"to" must be later than "from": widen the period.',
};
