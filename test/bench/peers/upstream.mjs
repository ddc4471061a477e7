import { Pool } from 'undici';

const headers = { accept: 'application/json', authorization: `Bearer ${process.env.UPSTREAM_KEY}` };

/** As many connections as the gateway opens, one request at a time on each. */
const pool = new Pool(process.env.UPSTREAM_URL ?? '', { connections: 128, pipelining: 1 });

/** Asks the upstream for one company; answers undici's own response. */
export const callUpstream = (domain) =>
  pool.request({ method: 'GET', path: `/company?fqdn=${encodeURIComponent(domain)}&country=AU`, headers });

/** The company of the upstream, as the object its JSON holds. */
export const fetchCompany = async (domain) => {
  const { statusCode, body } = await callUpstream(domain);
  if (statusCode !== 200) throw new Error(`the upstream answered ${statusCode}`);
  return body.json();
};
