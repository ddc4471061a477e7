type Close = () => Promise<void>;

const opened: Close[] = [];

/** Closes something after the test file that has opened it, the last opened first. */
export const closeAfterFile = (close: Close): void => {
  opened.push(close);
};

export const closeOpened = async (): Promise<void> => {
  for (const close of opened.splice(0).toReversed()) await close();
};
