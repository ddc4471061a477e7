import { uploads } from '../../schema/tables/index.js';
import type { UploadAnswer } from '../../src/uploads/describe-upload.js';
import { getUpload, readUploadRows } from '../../src/uploads/read-upload.js';
import type { UploadRow } from '../../src/uploads/upload.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

/** A page of this origin may send files. */
export const origin = 'https://app.example.com';

type Options = { query?: string; headers?: Record<string, string>; token?: string };
export type Answer = {
  status: number;
  headers: Headers;
  body: UploadAnswer & { error?: string; code?: string };
};

export type Uploads = {
  gateway: TestGateway;
  /** Sends a file with the ADMIN token, or with another. */
  send: (body: BodyInit, options?: Options) => Promise<Answer>;
  /** The stored rows, with the lines where they begin. */
  rowsOf: (answer: Answer) => Promise<UploadRow[]>;
  countUploads: () => Promise<number>;
};

/** A gateway that takes files of up to 2 MB and 3,000 rows. */
export const startUploads = async (): Promise<Uploads> => {
  const env = { UPLOAD_BYTES_MAX: '2000000', UPLOAD_ROWS_MAX: '3000', ALLOWED_ORIGINS: origin };
  const gateway = await startGateway({ env, maintenance: false });
  return {
    gateway,
    send: async (body, { query = '', headers = {}, token = gateway.token } = {}) => {
      const response = await fetch(`${gateway.url}/uploads${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...headers },
        body,
        ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
      });
      const answer: Answer['body'] = await response.json();
      return { status: response.status, headers: response.headers, body: answer };
    },
    rowsOf: async ({ body: { id, rows } }) => {
      const caller = await gateway.context.findCaller(gateway.token);
      const upload = await getUpload(gateway.context, caller, id);
      const of = { workspaceId: caller.workspaceId, uploadId: upload.id };
      return await readUploadRows(gateway.context.database, of, { from: 1, to: rows + 1 });
    },
    countUploads: () => gateway.context.database.db.$count(uploads),
  };
};
