// The script that a user of the gateway writes for a list: `companies` with a hundred rows at a time, one line of CSV for each.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const { GATEWAY_URL, TOKEN, FILE } = process.env;
const [from, count] = [Number(process.env.FROM), Number(process.env.COUNT)];
const fields = ['id', 'name', 'domain', 'website', 'linkedin', 'description', 'employeeCount', 'yearFounded'];
const query = `query ($by: [CompanyKey!]!) { companies(by: $by) { outcome company { ${fields.join(' ')} } } }`;

const cell = (value) => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const out = createWriteStream(FILE);
const startedMs = performance.now();
for (let first = from; first < from + count; first += 100) {
  const by = Array.from({ length: Math.min(100, from + count - first) }, (_, index) => ({
    domain: `c${String(first + index).padStart(12, '0')}.example`,
  }));
  const response = await fetch(`${GATEWAY_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ query, variables: { by } }),
  });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new Error(errors[0].message);
  for (const [index, { outcome, company }] of data.companies.entries()) {
    if (outcome !== 'FOUND') throw new Error(`a row is ${outcome}`);
    out.write(`${by[index].domain},${fields.map((field) => cell(company[field])).join(',')}\n`);
  }
}
out.end();
await once(out, 'finish');
const seconds = (performance.now() - startedMs) / 1_000;
console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1_000 }));
