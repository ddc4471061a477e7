/** Every action of the audit log by its noun, as the API names them, with what people call the noun. */
export const auditNouns = {
  alertDestination: {
    title: 'Alert destinations',
    verbs: ['create', 'delete', 'rotateSecret', 'test', 'update'],
  },
  balance: { title: 'Balances', verbs: ['record', 'setPlan'] },
  budget: { title: 'Budgets', verbs: ['delete', 'set'] },
  connection: {
    title: 'Connections',
    verbs: ['create', 'delete', 'disable', 'enable', 'makeDefault', 'rename', 'rotate', 'verify'],
  },
  database: { title: 'Database', verbs: ['restore'] },
  encryptionKeys: { title: 'Encryption keys', verbs: ['rotate'] },
  entries: { title: 'Entries', verbs: ['archive', 'restore'] },
  job: { title: 'Jobs', verbs: ['cancel', 'create', 'delete', 'pause', 'resume', 'retry'] },
  presumedCharge: { title: 'Presumed charges', verbs: ['fetch', 'resolve'] },
  record: { title: 'Records', verbs: ['forget'] },
  token: { title: 'Tokens', verbs: ['create', 'revoke', 'rotate', 'update'] },
  unlocks: { title: 'Unlocks', verbs: ['import'] },
  view: { title: 'Saved views', verbs: ['delete', 'save'] },
  waterfall: { title: 'Waterfalls', verbs: ['delete', 'save'] },
  workspace: { title: 'Workspace', verbs: ['create', 'setPlan'] },
} as const;
