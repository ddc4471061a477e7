/**
 * Waits for `work` for at most `timeoutMs`, then throws what `late` makes. The work itself goes on: whoever started
 * something that must not be left behind handles its late end.
 */
export const within = async <Result>(
  timeoutMs: number,
  work: Promise<Result>,
  late: () => Error,
): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
};
