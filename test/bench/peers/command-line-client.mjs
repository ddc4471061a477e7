// What a command-line client of Firmable does with a list: workers, keep-alive, one GET for each row with the key, retries,
// one line of CSV for each answer. No accounting, and nothing is left of it after a crash.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { UPSTREAM_URL, KEY, FILE, WORKERS = '32' } = process.env;
const [from, count] = [Number(process.env.FROM), Number(process.env.COUNT)];
const agent = new Agent({ keepAlive: true, maxSockets: Number(WORKERS) });
const triesMax = 5;
const fields = ['id', 'name', 'fqdn', 'website', 'linkedin', 'description', 'employee_count', 'year_founded'];

const get = (path) =>
  new Promise((resolve, reject) => {
    const call = request(`${UPSTREAM_URL}${path}`, { agent, headers: { authorization: `Bearer ${KEY}` } });
    call.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });

const lookUp = async (domain) => {
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await get(`/company?fqdn=${domain}&country=AU`);
    if (status === 200) return JSON.parse(text);
    if ((status !== 429 && status < 500) || tries === triesMax) throw new Error(`HTTP ${status}`);
    await sleep(250 * 2 ** tries);
  }
};

const cell = (value) => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const out = createWriteStream(FILE);
out.write(`domain,${fields.join(',')}\n`);
let next = from;
const work = async () => {
  for (;;) {
    const number = next;
    next += 1;
    if (number >= from + count) return;
    const domain = `c${String(number).padStart(12, '0')}.example`;
    const company = await lookUp(domain);
    out.write(`${domain},${fields.map((field) => cell(company[field])).join(',')}\n`);
  }
};
const startedMs = performance.now();
await Promise.all(Array.from({ length: Number(WORKERS) }, work));
out.end();
await once(out, 'finish');
const seconds = (performance.now() - startedMs) / 1_000;
console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1_000 }));
agent.destroy();
