import { checkAnswer } from './lookups/check-answers.js';
import { booksOf, checkBooks } from './lookups/check-books.js';
import { checkRows } from './lookups/check-rows.js';
import { chooseScenarios, type LookupChoice } from './lookups/choose-scenarios.js';
import { judgeLookups } from './lookups/judge-lookups.js';
import { measureRound, type Numbers, type Round } from './lookups/measure-round.js';
import { queryFor, type QuestionName } from './lookups/queries.js';
import { type Entry, type Scenario, scenarios } from './lookups/scenarios.js';
import { tabulate } from './lookups/tabulate.js';
import { isPeer, startWay, type Way, type WayName } from './lookups/ways.js';
import { buildPrograms } from './processes/build-programs.js';
import { installPeers } from './processes/install-peers.js';
import { startLoad } from './processes/start-load.js';
import { startUpstream } from './processes/start-upstream.js';
import type { SetResult } from './sets.js';

const warmUpSeconds = 2;
/** Before each round, and not measured: a way that waited for its turn for a minute has closed its connections and given memory back. */
const leadInSeconds = 1;
/** Fewer answers leave the compiler with work that the rounds would pay for: what is measured runs for weeks. */
const warmUpAnswers = 20_000;
const warmUpConnections = { new: 128, known: 128, refetched: 128, list: 16 };
/** Of the records of the warm-up so many are asked for again: more than can be under way at once. */
const knownMax = 5_000;

/**
 * Asks the gateway as users run it, and what else they might run, for the same companies of the same fake upstream, each
 * part in a process of its own and the ways in turns. Answers are checked as they come, the upstream's count after
 * each round, and the books and rows of those that keep some at the end: nothing wins by answering wrongly.
 */
export const benchLookups = async (
  choice: LookupChoice & { rounds: number; warmUpSecondsMax: number },
): Promise<SetResult> => {
  const chosen = chooseScenarios(choice);
  const entries = chosen.flatMap((scenario) => scenario.entries);
  const names = new Set(entries.map(({ way }) => way));
  if ([...names].some(isPeer)) installPeers();
  buildPrograms();
  const upstream = await startUpstream();
  const load = startLoad();
  const ways = new Map<WayName, Way>();
  const parts = { upstream, load };
  try {
    for (const name of names) ways.set(name, await startWay(name, upstream.url, choice.before ?? undefined));
    const numbers: Numbers = { next: new Map(), known: new Map() };
    for (const way of ways.values())
      await warmUp(parts, way, { entries, numbers, secondsMax: choice.warmUpSecondsMax });

    const rounds = new Map<Scenario, Map<Entry, Round[]>>();
    for (const scenario of chosen) {
      console.log(scenario.name);
      rounds.set(scenario, await play(parts, ways, scenario, { numbers, count: choice.rounds }));
    }
    for (const way of ways.values()) {
      const bought = (numbers.next.get(way.name) ?? 1) - 1;
      const checked = gateways.includes(way.name)
        ? await checkBooks(booksOf(way, upstream.url), bought)
        : await checkRows(way, bought);
      if (checked !== null) console.log(checked);
    }
    return { rows: [...tabulate(rounds), await ceiling(parts)], outcomes: judgeLookups(rounds) };
  } finally {
    await Promise.all([...ways.values()].map((way) => way.stop()));
    await load.stop();
    await upstream.stop();
  }
};

/** Those whose books are checked with the commands of this checkout. */
const gateways: readonly WayName[] = ['gateway', 'gateway with budget'];

type Parts = Parameters<typeof measureRound>[0];

/** Compares a whole answer, then asks until the compiler has seen the way often, and every question that it will be asked. */
const warmUp = async (
  parts: Parts,
  way: Way,
  { entries, numbers, secondsMax }: { entries: readonly Entry[]; numbers: Numbers; secondsMax: number },
): Promise<void> => {
  await checkAnswer(way, 1);
  numbers.next.set(way.name, 2);
  const warm = (question: QuestionName, seconds: number): Promise<Round> =>
    measureRound(parts, way, question, numbers, {
      connections: warmUpConnections[question],
      seconds,
      upstreamMs: 0,
    });
  const untilMs = performance.now() + secondsMax * 1_000;
  let given = 0;
  while (given < warmUpAnswers && performance.now() < untilMs)
    given += (await warm('new', warmUpSeconds)).given;
  numbers.known.set(way.name, { from: 2, count: Math.min(knownMax, given) });
  const questions = new Set(
    entries.filter((entry) => entry.way === way.name).map(({ question }) => question),
  );
  for (const question of questions) if (question !== 'new') await warm(question, warmUpSeconds / 2);
};

const play = async (
  parts: Parts,
  ways: ReadonlyMap<WayName, Way>,
  { connections, upstreamMs, secondsPerRound, entries }: Scenario,
  { numbers, count }: { numbers: Numbers; count: number },
): Promise<Map<Entry, Round[]>> => {
  const rounds = new Map<Entry, Round[]>(entries.map((entry) => [entry, []]));
  for (let round = 0; round < count; round += 1) {
    for (const [entry, own] of rounds) {
      const way = ways.get(entry.way);
      if (way === undefined) throw new Error(`${entry.way} was not started`);
      const how = { connections, upstreamMs, seconds: secondsPerRound };
      await measureRound(parts, way, entry.question, numbers, { ...how, seconds: leadInSeconds });
      own.push(await measureRound(parts, way, entry.question, numbers, how));
    }
  }
  return rounds;
};

/** What upstream and generator can do between themselves: where a way comes near it, it is they that are measured. */
const ceiling = async ({ load, upstream }: Parts): Promise<object> => {
  const port = Number(new URL(upstream.url).port);
  const question = queryFor({ dialect: 'FIRMABLE', port, token: null }, 'new');
  const job = { ...question, port, connections: 128, seconds: 2, from: 1, count: null };
  const { records, seconds, p50Ms, p99Ms, errors } = await load.run(job);
  return {
    set: 'lookups',
    scenario: scenarios.many.name,
    way: 'upstream itself',
    perSecond: Math.round(records / seconds),
    p50Ms,
    p99Ms,
    errors,
  };
};
