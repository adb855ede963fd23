/** The pages of a project, for navigation, palette and the `g` keys. */

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
  | 'sources'
  | 'findings'
  | 'plan'
  | 'review'
  | 'certificate'
  | 'ledger'
  | 'settings'
  | 'help'

/** @param workflow the workflow that Compare opens, or null where there is none yet */
export function pagesOf(workflow: string | null): readonly Page[] {
  return [
    { href: '/readiness', label: 'Readiness', group: 'Readiness', keys: 'g r', icon: 'board' },
    {
      href: workflow === null ? '/workflow' : `/workflow/${workflow}/compare`,
      label: 'Compare',
      group: 'Workflow',
      keys: 'g w',
      icon: 'compare',
    },
    { href: '/data/sources', label: 'Sources', group: 'Data', keys: 'g d', icon: 'sources' },
    { href: '/data/findings', label: 'Findings', group: 'Data', keys: 'g f', icon: 'findings' },
    { href: '/review/plan', label: 'Sample plan', group: 'Sign-off', icon: 'plan' },
    { href: '/review/records', label: 'Review records', group: 'Sign-off', keys: 'g s', icon: 'review' },
    { href: '/review/certificate', label: 'Certificate', group: 'Sign-off', icon: 'certificate' },
    { href: '/ledger', label: 'Ledger', group: 'Project', icon: 'ledger' },
    { href: '/settings', label: 'Settings', group: 'Project', icon: 'settings' },
    { href: '/help', label: 'Help', group: 'Project', icon: 'help' },
  ]
}
