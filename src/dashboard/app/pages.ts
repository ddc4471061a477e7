import type { ComponentType } from 'preact';
import { lazy } from 'preact/compat';

export type PageRoute = {
  path: string;
  title: string;
  /** Whether it is in the navigation. */
  group: 'Work' | 'Accounts' | 'Control' | null;
  page: ComponentType;
};

/**
 * A page that is loaded when it is opened first. After an upgrade its file may be gone: then the whole page is loaded
 * again, once.
 */
const later = (load: () => Promise<ComponentType>): ComponentType =>
  lazy(async () => {
    try {
      const page = await load();
      sessionStorage.removeItem(reloaded);
      return { default: page };
    } catch (error) {
      if (sessionStorage.getItem(reloaded) === null) {
        sessionStorage.setItem(reloaded, 'yes');
        location.reload();
      }
      throw error;
    }
  });

const reloaded = 'firmable-gateway reloaded';

/** Every page of the application, in the order of the navigation. */
export const pageRoutes: readonly PageRoute[] = [
  {
    path: '/',
    title: 'Overview',
    group: 'Work',
    page: later(async () => (await import('../pages/overview/overview-page.js')).OverviewPage),
  },
  {
    path: '/usage',
    title: 'Usage',
    group: 'Work',
    page: later(async () => (await import('../pages/usage/usage-page.js')).UsagePage),
  },
  {
    path: '/usage/entries',
    title: 'Entries',
    group: null,
    page: later(async () => (await import('../pages/usage/entries-page.js')).EntriesPage),
  },
  {
    path: '/enrich',
    title: 'Enrich',
    group: 'Work',
    page: later(async () => (await import('../pages/enrich/enrich-page.js')).EnrichPage),
  },
  {
    path: '/jobs',
    title: 'Jobs',
    group: 'Work',
    page: later(async () => (await import('../pages/jobs/jobs-page.js')).JobsPage),
  },
  {
    path: '/jobs/:id',
    title: 'Job',
    group: null,
    page: later(async () => (await import('../pages/jobs/job-page.js')).JobPage),
  },
  {
    path: '/records',
    title: 'Records',
    group: 'Work',
    page: later(async () => (await import('../pages/records/records-page.js')).RecordsPage),
  },
  {
    path: '/records/:id',
    title: 'Record',
    group: null,
    page: later(async () => (await import('../pages/records/record-page.js')).RecordPage),
  },
  {
    path: '/connections',
    title: 'Connections',
    group: 'Accounts',
    page: later(async () => (await import('../pages/connections/connections-page.js')).ConnectionsPage),
  },
  {
    path: '/waterfalls',
    title: 'Waterfalls',
    group: 'Accounts',
    page: later(async () => (await import('../pages/waterfalls/waterfalls-page.js')).WaterfallsPage),
  },
  {
    path: '/budgets',
    title: 'Budgets',
    group: 'Control',
    page: later(async () => (await import('../pages/budgets/budgets-page.js')).BudgetsPage),
  },
  {
    path: '/alerts',
    title: 'Alerts',
    group: 'Control',
    page: later(async () => (await import('../pages/alerts/alerts-page.js')).AlertsPage),
  },
  {
    path: '/access',
    title: 'Access',
    group: 'Control',
    page: later(async () => (await import('../pages/access/access-page.js')).AccessPage),
  },
  {
    path: '/audit-log',
    title: 'Audit log',
    group: 'Control',
    page: later(async () => (await import('../pages/audit-log/audit-log-page.js')).AuditLogPage),
  },
  {
    path: '/settings',
    title: 'Settings',
    group: 'Control',
    page: later(async () => (await import('../pages/settings/settings-page.js')).SettingsPage),
  },
];
