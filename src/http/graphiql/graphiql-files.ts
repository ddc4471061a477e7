import { makeServedFile, type ServedFile } from '../served-file.js';

/** Yoga's build of GraphiQL with its styles and workers, by the names of the files: 9 MB, 2.4 MB gzipped. */
export const readGraphiqlFiles = async (): Promise<ReadonlyMap<string, ServedFile>> => {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  const { css, js, editorWorkerService, graphqlWorker, jsonWorker } = graphiql;
  const files = [
    ['graphiql.css', css],
    ['graphiql.js', withHistory(js)],
    // The names are the labels by which Monaco requests its workers.
    ['editorWorkerService.js', editorWorkerService],
    ['graphql.js', graphqlWorker],
    ['json.js', jsonWorker],
  ] as const;
  const served = files.map(async ([name, content]) => {
    const file = await makeServedFile(Buffer.from(content), name.endsWith('.css') ? 'css' : 'js');
    return [name, file] as const;
  });
  return new Map(await Promise.all(served));
};

/**
 * Adds the history to the panes that GraphiQL shows. Yoga's build contains it, but replaces GraphiQL's list of panes by
 * a list without it. Throws if a new version of Yoga's build looks different.
 */
const withHistory = (script: string): string => {
  const history = /([\w$]+)=\{title:"History",/.exec(script)?.[1];
  const changed = script.replace(
    /plugins:\[([\w$]+)\](?=,schemaDescription:)/,
    (_, explorer: string) => `plugins:[${explorer},${history}]`,
  );
  if (history === undefined || changed === script) throw new Error('GraphiQL has no list of panes to extend');
  return changed;
};
