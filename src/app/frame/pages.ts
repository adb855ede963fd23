/** The pages of a project, for navigation, palette and the `g` keys. */
import { workspace } from '../session/state.ts'

export interface Page {
  readonly href: string
  readonly label: string
  readonly group: 'Readiness' | 'Workflow' | 'Data' | 'Sign-off' | 'Project'
  readonly keys?: string
  readonly icon: PageIcon
}

export type PageIcon =
  | 'board'
  | 'compare'
  | 'simulate'
  | 'sources'
  | 'mapping'
  | 'findings'
  | 'reconcile'
  | 'server-runs'
  | 'plan'
  | 'review'
  | 'certificate'
  | 'worklist'
  | 'hazards'
  | 'charts'
  | 'team'
  | 'ledger'
  | 'settings'
  | 'help'

/** What somebody with a reader's bundle has. */
const readerPages = new Set(['/review/records', '/settings', '/help'])

/**
 * @param workflow the workflow that Compare opens, or null where there is none yet
 * @param reader whether a bundle for one reader is open
 */
export function pagesOf(workflow: string | null, reader = false): readonly Page[] {
  return allPages(workflow).filter(({ href }) => !reader || readerPages.has(href))
}

function allPages(workflow: string | null): readonly Page[] {
  return [
    { href: '/readiness', label: 'Readiness', group: 'Readiness', keys: 'g r', icon: 'board' },
    {
      href: workflow === null ? '/workflow' : `/workflow/${workflow}/compare`,
      label: 'Compare',
      group: 'Workflow',
      keys: 'g w',
      icon: 'compare',
    },
    {
      href: workflow === null ? '/workflow' : `/workflow/${workflow}/simulate`,
      label: 'Simulate',
      group: 'Workflow',
      keys: 'g i',
      icon: 'simulate',
    },
    { href: '/data/sources', label: 'Sources', group: 'Data', keys: 'g d', icon: 'sources' },
    { href: '/data/mapping', label: 'Mapping', group: 'Data', keys: 'g m', icon: 'mapping' },
    { href: '/data/findings', label: 'Findings', group: 'Data', keys: 'g f', icon: 'findings' },
    { href: '/data/reconcile', label: 'Reconcile', group: 'Data', keys: 'g c', icon: 'reconcile' },
    ...(workspace().onTeamServer
      ? [{ href: '/data/server-runs', label: 'Server runs', group: 'Data', icon: 'server-runs' } as const]
      : []),
    { href: '/review/plan', label: 'Sample plan', group: 'Sign-off', icon: 'plan' },
    { href: '/review/records', label: 'Review records', group: 'Sign-off', keys: 'g s', icon: 'review' },
    { href: '/review/worklist', label: 'Worklist', group: 'Sign-off', icon: 'worklist' },
    { href: '/review/hazards', label: 'Hazard log', group: 'Sign-off', icon: 'hazards' },
    { href: '/review/certificate', label: 'Certificate', group: 'Sign-off', icon: 'certificate' },
    { href: '/review/charts', label: 'Chart audit', group: 'Sign-off', icon: 'charts' },
    ...(workspace().onTeamServer ? [{ href: '/team', label: 'Team', group: 'Project', icon: 'team' } as const] : []),
    { href: '/ledger', label: 'Ledger', group: 'Project', icon: 'ledger' },
    { href: '/settings', label: 'Settings', group: 'Project', icon: 'settings' },
    { href: '/help', label: 'Help', group: 'Project', icon: 'help' },
  ]
}
