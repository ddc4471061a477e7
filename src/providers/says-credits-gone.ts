const creditsGone = new RegExp(
  [
    String.raw`\b(insufficient|not enough|out of|exhausted|exceeded|used up|depleted|run out of)\b[^.!]{0,40}\bcredits?\b`,
    String.raw`\bcredits?\b[^.!]{0,40}\b(insufficient|exhausted|exceeded|used up|depleted|ran out|run out|reached)\b`,
    String.raw`\b(no|0|zero) (more |remaining |available )?credits?\b(?! (was|were|have been|used|charged))`,
  ].join('|'),
  'i',
);

/** Whether an error's text says that the account has no credits left, whatever its status. */
export const saysCreditsGone = (text: string): boolean => creditsGone.test(text);
