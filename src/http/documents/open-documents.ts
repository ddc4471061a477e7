import { createHash } from 'node:crypto';
import { specifiedRules } from 'graphql';
import { createSchema } from '../../graphql/schema.js';
import { readDashboardDocuments } from '../dashboard-handler.js';
import { noIntrospection } from '../plugins/use-introspection.js';
import { operationLimits, parseWithin, validateBriefly } from '../plugins/use-limits.js';
import { createDocuments, type Documents, type DocumentsMode } from './create-documents.js';
import { type CheckDocument, readDocumentsFile } from './read-documents-file.js';

/** The settings that decide which documents run. */
export type DocumentsConfig = {
  lookupsPerRequestMax: number;
  introspection: boolean;
  persistedDocuments: DocumentsMode;
  persistedDocumentsFile: string | null;
};

/**
 * Opens the documents that the configuration names. With an allowlist, those of the dashboard are listed as well. Throws
 * INVALID_INPUT for a file that cannot be used.
 */
export const openDocuments = async (
  config: DocumentsConfig,
  dashboardFolder?: string,
): Promise<Documents> => {
  const { persistedDocuments: mode, persistedDocumentsFile: file } = config;
  const listed = file === null ? [] : readDocumentsFile(file, createCheck(config));
  if (mode !== 'allowlist') return createDocuments(mode, listed);
  const ours = readDashboardDocuments(dashboardFolder).map((text) => ({
    id: createHash('sha256').update(text).digest('hex'),
    text,
  }));
  return createDocuments(mode, [...listed, ...ours]);
};

/** Parses and validates as requests are. */
const createCheck = ({ lookupsPerRequestMax, introspection }: DocumentsConfig): CheckDocument => {
  const schema = createSchema();
  const limits = operationLimits(lookupsPerRequestMax);
  const rules = introspection ? specifiedRules : [...specifiedRules, noIntrospection];
  return (text) => {
    const [error] = validateBriefly(schema, parseWithin(limits, text), rules);
    if (error !== undefined) throw error;
  };
};
