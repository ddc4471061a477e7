import { Pool } from 'undici';
import * as z from 'zod';

const text = z.string().nullish();

/** As much of Firmable's company as is used. */
const companyShape = z.object({
  id: z.string(),
  name: text,
  fqdn: text,
  website: text,
  linkedin: text,
  description: text,
  tagline: text,
  employee_count: z.int().nullish(),
  year_founded: z.int().nullish(),
  hq_location: text,
  company_size: text,
  industries: z.array(z.string()).nullish(),
  industry_codes: z.object({ abn: text }).nullish(),
});

export type Company = z.output<typeof companyShape>;

export const readCompany = (body: string): Company => companyShape.parse(JSON.parse(body));

export type Provider = {
  /** The company of a domain, as it came; null where there is none. */
  fetchCompany: (domain: string) => Promise<string | null>;
  close: () => Promise<void>;
};

/** As many keep-alive connections as the gateway opens, one request at a time on each. */
export const createProvider = (baseUrl: string, key: string): Provider => {
  const pool = new Pool(baseUrl, { connections: 128, pipelining: 1 });
  const headers = { accept: 'application/json', authorization: `Bearer ${key}` };
  return {
    fetchCompany: async (domain) => {
      const path = `/company?fqdn=${encodeURIComponent(domain)}&country=AU`;
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
      const answer = await body.text();
      if (statusCode === 404) return null;
      if (statusCode !== 200) throw new Error(`Firmable answered ${statusCode}`);
      return answer;
    },
    close: () => pool.close(),
  };
};
