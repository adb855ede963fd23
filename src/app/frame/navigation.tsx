/** The navigation: the four kinds of work with what waits in each. */
import { useLocation } from 'wouter'
import { SeverityMark } from '../components/severity-mark.tsx'
import { formatNumber } from '../format.ts'
import { useWorkspace } from '../workspace/state.ts'
import { useCounts } from './counts.ts'
import styles from './frame.module.css'
import { NavIcon } from './icons.tsx'
import { type Page, pagesOf } from './pages.ts'

const groups: readonly Page['group'][] = ['Readiness', 'Workflow', 'Data', 'Sign-off', 'Project']
/** A clinician's lens shows the review alone; it hides no finding, only pages. */
const clinicianPages = new Set(['/review/records', '/review/certificate', '/settings', '/help'])

export function Navigation() {
  const [location] = useLocation()
  const lens = useWorkspace((w) => w.lens)
  const workflows = useWorkspace((w) => w.workflows)
  const current = /^\/workflow\/([^/]+)/.exec(location)?.[1]
  const pages = pagesOf(current ?? [...workflows.keys()][0] ?? null).filter(
    (page) => lens !== 'clinician' || clinicianPages.has(page.href),
  )
  return (
    <nav className={styles.nav} aria-label="Pages">
      {groups.map((group) => {
        const own = pages.filter((page) => page.group === group)
        if (own.length === 0) return null
        return (
          <div key={group}>
            {group !== 'Readiness' && <h2>{group}</h2>}
            <ul>
              {own.map((page) => (
                <NavLink key={page.label} page={page} location={location}>
                  {page.icon === 'compare' && <WorkflowLinks location={location} />}
                </NavLink>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}

function NavLink({
  page,
  location,
  children,
}: {
  readonly page: Page
  readonly location: string
  readonly children?: React.ReactNode
}) {
  const count = useCounts()[page.icon]
  const stem = page.icon === 'compare' ? '/workflow' : page.href
  const here = location === stem || location.startsWith(`${stem}/`)
  return (
    <li>
      <a href={`#${page.href}`} aria-current={here ? 'page' : undefined}>
        <NavIcon icon={page.icon} />
        <span className={styles.label}>{page.label}</span>
        {count && (
          <span className={styles.count}>
            {count.mark && <SeverityMark mark={count.mark} label={count.mark} />}{' '}
            {typeof count.text === 'number' ? formatNumber(count.text) : count.text}
          </span>
        )}
      </a>
      {children}
    </li>
  )
}

/** The workflows of the project, shown while one of them is open. */
function WorkflowLinks({ location }: { readonly location: string }) {
  const workflows = useWorkspace((w) => w.workflows)
  if (!location.startsWith('/workflow')) return null
  return (
    <ul className={styles.sub}>
      {[...workflows].map(([id, { workflow }]) => (
        <li key={id}>
          <a href={`#/workflow/${id}/compare`} aria-current={location.startsWith(`/workflow/${id}/`) ? 'true' : undefined}>
            {workflow.current.label || id}
          </a>
        </li>
      ))}
      <li>
        <a href="#/workflow" aria-current={location === '/workflow' ? 'true' : undefined}>
          All workflows
        </a>
      </li>
    </ul>
  )
}
