import type { Sql } from '../../src/platform/database.js';

/**
 * Makes the functions of single lookups of this database decide nothing and call those of batches at once, for processes
 * whose ledger a test cannot reach.
 */
export const writeByBatches = async (sql: Sql): Promise<void> => {
  for (const name of ['reserve_one', 'settle_one']) {
    const [made] = await sql<{ text: string }[]>`
      select pg_get_functiondef(p.oid) as text from pg_proc p where p.proname = ${name}`;
    const call = /return query select \* from \w+_credits\([^;]*;/.exec(made?.text ?? '')?.[0];
    if (made === undefined || call === undefined) throw new Error(`${name} calls no function of batches`);
    await sql.unsafe(made.text.replace('\nbegin\n', () => `\nbegin\n${call} return;\n`));
  }
};
