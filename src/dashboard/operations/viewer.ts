import type { Permission } from '../app.js';
import type { Operation } from '../operation.js';

export type Viewer = {
  viewer: {
    role: string;
    permissions: Permission[];
    token: { name: string };
    workspace: { name: string; plan: string };
  };
};

export const viewer: Operation<Record<string, never>, Viewer> = {
  name: 'Viewer',
  text: `query Viewer {
  viewer {
    role
    permissions
    token {
      name
    }
    workspace {
      name
      plan
    }
  }
}
`,
};
