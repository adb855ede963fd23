/** The parts of the chart with the state of each as shape and word; stays in sight while the record is read. */

import { memo } from 'react'
import type { Verdict } from '../../../../core/review/model/review-event.ts'
import bars from './bars.module.css'
import type { SectionState, SectionView } from './chart-rows.ts'
import { stateWords } from './chart-view.ts'
import marks from './marks.module.css'

export interface SectionTabsProps {
  readonly sections: readonly SectionView[]
  readonly onShow: (section: SectionView) => void
}

export const SectionTabs = memo(function SectionTabs({ sections, onShow }: SectionTabsProps) {
  return (
    <nav className={bars.tabs} aria-label="Parts of the chart">
      <ul>
        {sections.map((section) => (
          <li key={section.id}>
            <button type="button" aria-current={section.state === 'reading' ? 'true' : undefined} onClick={() => onShow(section)}>
              <span className="strong">{section.label}</span>
              <span className="line caption muted">
                <StateMark state={section.state} worst={section.worst} /> {stateWords[section.state]}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
})

/** Told by shape: a diamond or triangle for what was found, a tick, a pointer, an empty ring, an hourglass, a dash. */
export function StateMark({ state, worst }: { readonly state: SectionState; readonly worst: Verdict | null }) {
  const kind = state === 'judged' ? (worst ?? 'acceptable') : state
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className={marks[`is-${kind}`]}>
      <StateShape kind={kind} />
    </svg>
  )
}

function StateShape({ kind }: { readonly kind: SectionState | Verdict }) {
  switch (kind) {
    case 'harmful':
      return <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" fill="currentColor" />
    case 'wrong':
      return <path d="M8 2 15 14H1Z" fill="currentColor" />
    case 'cannot-tell':
      return <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" fill="none" stroke="currentColor" strokeWidth="2" />
    case 'acceptable':
    case 'confirmed':
    case 'judged':
      return (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" className={marks.tick} strokeWidth="1.8" />
        </>
      )
    case 'reading':
      return <path d="M3.5 2.5 13 8l-9.5 5.5z" fill="currentColor" />
    case 'too-quick':
      return (
        <path d="M3.5 2h9M3.5 14h9M4.5 2c0 4 7 8 7 12M11.5 2c0 4-7 8-7 12" fill="none" stroke="currentColor" strokeWidth="1.8" />
      )
    case 'not-read':
      return <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />
    case 'empty':
      return <path d="M3 8h10" fill="none" stroke="currentColor" strokeWidth="1.8" />
  }
}
