import { builder } from './builder.js';

/** Whatever can be fetched by an id. Values that leave through the `node` field carry their `__typename`. */
export const Node = builder.interfaceRef<object>('Node').implement({
  description: 'An object with an id that can be refetched.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'The id: unique and stable.',
      resolve: () => {
        throw new Error('a type that implements Node has no id field of its own');
      },
    }),
  }),
});
