import { forbiddenInNames, forbiddenInProse, formerNames, type ForbiddenWord } from './forbidden-words.js';

export type Finding = { line: number; found: string; write: string };

/** Comments, strings and templates; what is between them is code. */
const literal = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

const identifier = /[A-Za-z_$][\w$]*/g;

/** The words that an identifier joins: `askedDelayMs` is `asked Delay Ms`. */
export const wordsOfName = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[_\-./]+/g, ' ');

/** Forbidden words in text that people read. */
export const findInProse = (text: string): Finding[] => [
  ...findAll(text, forbiddenInProse),
  ...findFormer(text),
];

/** Forbidden words in TypeScript: prose in comments and strings, words of names elsewhere. */
export const findInCode = (text: string): Finding[] => {
  const findings: Finding[] = [];
  let end = 0;
  for (const match of text.matchAll(literal)) {
    findings.push(...findInNames(text, end, match.index));
    const line = lineAt(text, match.index);
    findings.push(...findInProse(match[0]).map((one) => ({ ...one, line: one.line + line - 1 })));
    end = match.index + match[0].length;
  }
  return [...findings, ...findInNames(text, end, text.length)];
};

const findInNames = (text: string, from: number, to: number): Finding[] =>
  [...text.slice(from, to).matchAll(identifier)].flatMap(({ 0: name, index }) => {
    const line = lineAt(text, from + index);
    const former = formerNames.includes(name) ? [{ line, found: name, write: 'the present name' }] : [];
    const words = wordsOfName(name);
    const hit = forbiddenInNames.find(({ pattern }) => pattern.test(words));
    return hit === undefined ? former : [{ line, found: name, write: hit.write }];
  });

const findAll = (text: string, forbidden: readonly ForbiddenWord[]): Finding[] =>
  forbidden.flatMap(({ pattern, write }) =>
    [...text.matchAll(new RegExp(pattern.source, 'gi'))].map(({ 0: found, index }) => ({
      line: lineAt(text, index),
      found,
      write,
    })),
  );

const findFormer = (text: string): Finding[] =>
  formerNames.flatMap((name) =>
    [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map(({ index }) => ({
      line: lineAt(text, index),
      found: name,
      write: 'the present name',
    })),
  );

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
