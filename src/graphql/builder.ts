import SchemaBuilder from '@pothos/core';
import type { GatewayContext } from './context.js';

/** The one builder that every noun adds to. Fields are nullable unless they promise not to be. */
export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Duration: { Input: number; Output: number };
    JSON: { Input: unknown; Output: unknown };
    TimeZone: { Input: string; Output: string };
  };
}>({});
