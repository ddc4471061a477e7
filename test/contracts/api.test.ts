import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printApi } from '../../src/graphql/schema.js';

describe('the printed API', () => {
  it('schema/api.graphql is what src/graphql serves (npm run generate:api)', () => {
    const file = new URL('../../schema/api.graphql', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(printApi());
  });

  it('describes every type, field, argument and enum value, as users learn the API from it', () => {
    const undescribed: string[] = [];
    const note = (name: string, description: string | null | undefined): void => {
      if (!description) undescribed.push(name);
    };
    for (const type of Object.values(buildSchema(printApi()).getTypeMap())) {
      if (type.name.startsWith('__') || ['Boolean', 'Float', 'ID', 'Int', 'String'].includes(type.name))
        continue;
      note(type.name, type.description);
      if (isEnumType(type) && !['Country', 'ProviderName', 'UsageDimension'].includes(type.name)) {
        for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.description);
      }
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields()))
          note(`${type.name}.${field.name}`, field.description);
      }
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        note(`${type.name}.${field.name}`, field.description);
        for (const argument of field.args)
          note(`${type.name}.${field.name}.${argument.name}`, argument.description);
      }
    }
    expect(undescribed).toEqual([]);
  });
});
