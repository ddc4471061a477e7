/** A workflow is the caller's label for the purpose of a spend: 1 to 100 printable characters, trimmed. */
export const readWorkflowName = (written: string): string | null => {
  const name = written.trim();
  return name.length >= 1 && name.length <= 100 && !/\p{C}/u.test(name) ? name : null;
};
