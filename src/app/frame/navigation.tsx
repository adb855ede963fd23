/** The navigation: the four kinds of work with what waits in each. */
import { useEffect, useRef } from 'react'
import type { Severity } from '../../core/finding.ts'
import { formatNumber } from '../components/format.ts'
import { SeverityMark } from '../components/severity-mark.tsx'
import { useWorkspace } from '../session/state.ts'
import { useReaderMark } from '../session/unlocked-bundle.ts'
import { linkTo } from '../window/address.ts'
import { useSection } from '../window/hash-location.ts'
import styles from './frame.module.css'
import { NavIcon } from './icons.tsx'
import { type Page, type PageIcon, pagesOf } from './pages.ts'

const groups: readonly Page['group'][] = ['Readiness', 'Workflow', 'Data', 'Sign-off', 'Project']
/** A clinician's lens shows the review alone; it hides no finding, only pages. */
const clinicianPages = new Set(['/review/records', '/review/certificate', '/settings', '/help'])

/** What stands beside a page's name. */
export interface Count {
  readonly mark?: Severity
  readonly text: number | string
  /** What is counted, for those who do not see the page beside it. */
  readonly words?: string
}

export interface NavigationProps {
  readonly counts: Partial<Record<PageIcon, Count>>
  /** Ids of the workflows that are not archived, in their order. */
  readonly listed: readonly string[]
  readonly onFold?: () => void
  readonly folded?: boolean
}

export function Navigation({ counts, listed, onFold, folded }: NavigationProps) {
  const location = useSection()
  const lens = useWorkspace((w) => w.lens)
  const workflows = useWorkspace((w) => w.workflows)
  const current = /^\/workflow\/([^/]+)/.exec(location)?.[1]
  const reader = useReaderMark() !== null
  const pages = pagesOf(current ?? [...workflows.keys()][0] ?? null, reader).filter(
    (page) => lens !== 'clinician' || clinicianPages.has(page.href),
  )
  const bar = useRef<HTMLElement>(null)
  // On a phone the pages stand in one row that scrolls: the present one is brought into it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: moved when another page is open
  useEffect(() => {
    const [nav, link] = [bar.current, bar.current?.querySelector('a[aria-current="page"]')]
    if (!nav || !link || nav.scrollWidth <= nav.clientWidth) return
    const [own, at] = [nav.getBoundingClientRect(), link.getBoundingClientRect()]
    nav.scrollLeft += at.left + at.width / 2 - own.left - own.width / 2
  }, [location])
  return (
    <nav ref={bar} className={`scroll ${styles.nav}`} aria-label="Pages">
      {onFold && (
        <button
          type="button"
          className={`muted below ${styles.fold}`}
          aria-expanded={!folded}
          aria-label={folded ? 'Show the names of the pages' : 'Fold the pages'}
          onClick={onFold}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M2.5 4h11M2.5 8h11M2.5 12h11" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </button>
      )}
      {groups.map((group) => {
        const own = pages.filter((page) => page.group === group)
        if (own.length === 0) return null
        return (
          <div key={group}>
            {group !== 'Readiness' && <h2>{group}</h2>}
            <ul>
              {own.map((page) => (
                <NavLink key={page.label} page={page} count={counts[page.icon]} location={location}>
                  {(page.icon === 'compare' || page.icon === 'simulate') && (
                    <WorkflowLinks page={page} location={location} listed={listed} />
                  )}
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
  count,
  location,
  children,
}: {
  readonly page: Page
  readonly count: Count | undefined
  readonly location: string
  readonly children?: React.ReactNode
}) {
  const here = isHere(page, location)
  return (
    <li>
      <a href={linkTo(page.href)} aria-current={here ? 'page' : undefined}>
        <NavIcon icon={page.icon} />
        <span className={`nowrap grow ${styles.label}`}>{page.label}</span>
        {count && (
          <span className={`caption muted digits ${styles.count}`} title={count.words && `${count.text} ${count.words}`}>
            {count.mark && <SeverityMark mark={count.mark} label={count.mark} />}{' '}
            {typeof count.text === 'number' ? formatNumber(count.text) : count.text}
          </span>
        )}
      </a>
      {children}
    </li>
  )
}

/** Simulate is one view of a workflow, Compare is all the others. */
function isHere(page: Page, location: string): boolean {
  const simulating = location.startsWith('/workflow/') && location.endsWith('/simulate')
  if (page.icon === 'simulate') return simulating
  const stem = page.icon === 'compare' ? '/workflow' : page.href
  return (location === stem || location.startsWith(`${stem}/`)) && !(page.icon === 'compare' && simulating)
}

/** The workflows of the project, shown while one of them is open. */
function WorkflowLinks({
  page,
  location,
  listed,
}: {
  readonly page: Page
  readonly location: string
  readonly listed: readonly string[]
}) {
  const workflows = useWorkspace((w) => w.workflows)
  if (!location.startsWith('/workflow') || !isHere(page, location)) return null
  const view = page.icon === 'simulate' ? 'simulate' : 'compare'
  return (
    <ul className={styles.sub}>
      {listed
        .flatMap((id) => workflows.get(id) ?? [])
        .map(({ id, current }) => (
          <li key={id}>
            <a href={`#/workflow/${id}/${view}`} aria-current={location.startsWith(`/workflow/${id}/`) ? 'true' : undefined}>
              {current.label || id}
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
