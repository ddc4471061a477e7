import type { IncomingMessage, ServerResponse } from 'node:http';
import { getOperationAST, OperationTypeNode } from 'graphql';
import type { FetchAPI, Plugin, YogaServer } from 'graphql-yoga';
import type { GatewayContext } from '../graphql/context.js';
import type { RequestAuthenticator } from './authenticate-request.js';
import { isFastPathParams, type FastPathParams } from './is-fast-path-params.js';
import { readJson } from './read-json.js';

export type FastPath = {
  /** To be put among Yoga's plugins: by it the door learns of the Yoga it belongs to, and hands over to it. */
  plugin: Plugin;
  /** Answers a plain POST (`isFastPathRequest`). */
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

type Yoga = YogaServer<Record<string, unknown>, GatewayContext>;
/** What became of an operation that has run, and must not run again. */
type Outcome = { result: object } | { thrown: unknown };

/**
 * Makes a door that reads and writes with node:http and has Yoga's own envelope parse, validate, limit and execute, with
 * all of `plugins`: the streams, header maps and promises that Yoga's adapter makes around a request cost several times
 * what GraphQL does. Only a result without errors is answered here. Whatever else happens is handed over to Yoga, before
 * execution as a request like any other and after it as an outcome to be told: there is one place that words errors.
 * Throws where one of `plugins` has a hook of the adapter, which this door would pass by.
 */
export const createFastPath = (
  callers: Pick<RequestAuthenticator, 'open'>,
  plugins: readonly object[],
): FastPath => {
  const passedBy = hooksOfAdapter.filter((hook) => plugins.some((plugin) => hook in plugin));
  if (passedBy.length > 0) throw new Error(`only the long way would call a plugin's ${passedBy.join(', ')}`);
  const made: { yoga: Yoga | null } = { yoga: null };
  const outcomes = new WeakMap<Request, Outcome>();

  const answer = async (yoga: Yoga, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const head = headOf(yoga.fetchAPI, request);
    const opened = await settled(() => callers.open(head));
    const body = 'thrown' in opened ? opened : await settled(() => readJson(request));
    if ('result' in body && isFastPathParams(body.result)) {
      const outcome = await run(yoga, head, body.result);
      const text = outcome !== null && 'result' in outcome ? written(outcome.result) : null;
      if (text !== null) {
        response.setHeader('content-type', answerTypeOf(request.headers.accept));
        // Left out, node would count itself, but not for HTTP/1.0.
        response.setHeader('content-length', Buffer.byteLength(text));
        end(response, text);
        return;
      }
      if (outcome !== null) outcomes.set(head, outcome);
    }
    // Yoga looks at the caller first, and meets there what was met here.
    head.json = async () => {
      if ('thrown' in body) throw body.thrown;
      return body.result;
    };
    const told = await yoga.handle(head, { waitUntil });
    told.headers.forEach((value, name) => {
      response.setHeader(name, value);
    });
    response.statusMessage = told.statusText;
    response.statusCode = told.status;
    end(response, await told.text());
  };

  return {
    plugin: {
      onYogaInit: ({ yoga }) => {
        made.yoga = yoga;
      },
      onParams: ({ request, setResult }) => {
        const outcome = outcomes.get(request);
        if (outcome === undefined) return;
        if ('thrown' in outcome) throw outcome.thrown;
        setResult(outcome.result);
      },
    },
    answer: async (request, response) => {
      if (made.yoga === null) throw new Error('the fast door belongs to no Yoga');
      await answer(made.yoga, request, response);
    },
  };
};

const hooksOfAdapter = [
  'onRequest',
  'onRequestParse',
  'onParams',
  'onExecutionResult',
  'onResultProcess',
  'onResponse',
] as const;

/** Runs an operation; null where something is wrong with it, and nothing was run. */
const run = async (yoga: Yoga, request: Request, params: FastPathParams): Promise<Outcome | null> => {
  const { parse, validate, contextFactory, execute, schema } = yoga.getEnveloped({ request, params });
  const prepared = await settled(async () => {
    const document = parse(params.query);
    const isValid =
      validate(schema, document).length === 0 &&
      getOperationAST(document, params.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION;
    return { document, isValid, contextValue: await contextFactory() };
  });
  if ('thrown' in prepared || !prepared.result.isValid) return null;
  const { document, contextValue } = prepared.result;
  const { variables: variableValues, operationName } = params;
  return await settled(() => execute({ schema, document, contextValue, variableValues, operationName }));
};

const settled = async <Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result } | { thrown: unknown }> => {
  try {
    return { result: await work() };
  } catch (error) {
    return { thrown: error };
  }
};

/** A request without a stream: hooks see its method and headers, and Yoga's parser asks for its JSON alone. */
const headOf = ({ Request }: FetchAPI, request: IncomingMessage): Request => {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return new Request('http://localhost/graphql', { method: 'POST', headers });
};

/** One result, whole, that went well, as JSON; null for any other, and for what is nested too deeply to be written. */
const written = (result: object): string | null => {
  if ('errors' in result || Symbol.asyncIterator in result) return null;
  try {
    return JSON.stringify(result);
  } catch {
    return null;
  }
};

/** Of what a plain POST may accept, Yoga takes the first that it speaks. */
const answerTypeOf = (accept: string | undefined): string =>
  accept?.trimStart().startsWith(graphqlType) === true
    ? `${graphqlType}; charset=utf-8`
    : 'application/json; charset=utf-8';

const graphqlType = 'application/graphql-response+json';

const end = (response: ServerResponse, text: string): void => {
  if (!response.destroyed && !response.writableEnded) response.end(text);
};

const waitUntil = (): void => {};
