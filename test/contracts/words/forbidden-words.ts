/** One word that the project does not use, and the field's term for it. */
export type ForbiddenWord = { pattern: RegExp; write: string };

const word = (pattern: string, write: string): ForbiddenWord => ({
  pattern: new RegExp(`\\b(?:${pattern})\\b`, 'i'),
  write,
});

/** In documents, descriptions, comments and messages. */
export const forbiddenInProse: readonly ForbiddenWord[] = [
  word('(?:an|the|each|every|one|this|that|same|first|next|per|its|lone|whole|later) asks?', 'lookup'),
  word('(?:of|for|by|all|other|two|these|no|more|many|such|older|new|known) asks', 'lookups'),
  word('wish|wishes|wished', 'lookup, query'),
  word('doubt|doubts|doubted|doubtful', 'presumed charge'),
  word('verdicts?', 'result'),
  word('patience|impatience', 'max wait'),
  word('held back', 'not sent'),
  word('(?:our|our own|kept|younger|older) cop(?:y|ies)', 'snapshot'),
  word('crossings?', 'threshold alert'),
  word('tidy|tidies|tidied|tidying|keep tidy', 'maintenance'),
  word('tell|tells|telling|told', 'report, return, notify'),
  word('doors?', 'HTTP fast path, endpoint'),
  word('desks?', 'service'),
  word('reseal|reseals|resealed|resealing', 'rotate encryption keys'),
  word('lacks?|lacked', 'missing fields'),
  word('learnt', 'known'),
  word('spare time', 'remaining time'),
  word('mend|mends|mended|mending', 'fix'),
  word('papers', 'docs'),
  word('befall|befalls|befell|befallen', 'happen'),
  word('nonsense', 'malformed'),
  word('whoever', 'the client'),
  word('runs out on|ran out on', 'depletes at'),
  word('poison|deeds?|purses?', 'bad item, action, account'),
];

/** In identifiers, as one of the words that camelCase or snake_case joins; and in names of files. */
export const forbiddenInNames: readonly ForbiddenWord[] = [
  word('ask|asks|asked|asker|asking', 'lookup, query, request'),
  word('wish|wishes', 'lookup, query'),
  word('doubt|doubts|doubted|doubtful', 'presumed charge'),
  word('verdicts?', 'result'),
  word('ending|endings', 'settlement'),
  word('patience|impatience', 'maxWait'),
  word('pace|paces', 'rateLimit'),
  word('crossings?', 'alert'),
  word('tidy|tidying', 'maintenance'),
  word('tell|tells|told', 'report, describe'),
  word('doors?', 'fastPath'),
  word('desks?', 'service'),
  word('reseal|resealed', 'rotate'),
  word('lacks|lacking', 'missingFields'),
  word('learnt', 'known'),
  word('noter', 'recorder'),
  word('papers', 'docs'),
  word('mend|mended', 'fix'),
  word('poison|deeds?|purses?', 'bad item, action, account'),
];

/** Names of the API, the settings and the tables as they were before 0.1.0. */
export const formerNames: readonly string[] = [
  'AskOptions',
  'payWith',
  'afterMiss',
  'runsOutOn',
  'brought',
  'spentInside',
  'spentOutside',
  'declareBalance',
  'refersTo',
  'unreadNames',
  'layOut',
  'heldBack',
  'in_doubt',
  'take_turns',
  'clear_known_doubts',
];
