/** The four states of a line as tabs, with how many lines each has, and a filter. */
import { useRef } from 'react'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { useKeys } from '../../../window/keys.ts'
import { type MappingEntry, type MappingTab, mappingTabs, tabWords } from '../acts/mapping-entries.ts'
import styles from './mapping.module.css'

export interface MappingTabsProps {
  readonly entries: readonly MappingEntry[]
  readonly tab: MappingTab
  readonly onTab: (tab: MappingTab) => void
  readonly text: string
  readonly onText: (text: string) => void
}

export function MappingTabs({ entries, tab, onTab, text, onText }: MappingTabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const filter = useRef<HTMLDivElement>(null)
  const move = (by: number): void => {
    const next = mappingTabs[(mappingTabs.indexOf(tab) + by + mappingTabs.length) % mappingTabs.length] ?? tab
    onTab(next)
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
  }
  useKeys(list, { ArrowRight: () => move(1), ArrowLeft: () => move(-1) })
  useKeys('page', { '/': () => filter.current?.querySelector('input')?.focus() })
  return (
    <div className={`tabs`}>
      <div ref={list} role="tablist" aria-label="State of the lines" className="row-start">
        {mappingTabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={each === tab}
            aria-controls="mapping-lines"
            tabIndex={each === tab ? 0 : -1}
            className={`tab`}
            onClick={() => onTab(each)}
          >
            {tabWords[each]}
            <span className={`caption muted digits ${styles.tabCount}`}>
              {formatNumber(entries.filter((entry) => entry.tab === each).length)}
            </span>
          </button>
        ))}
      </div>
      <span className="grow" />
      <div ref={filter} className={styles.filter}>
        <Field label="Filter" value={text} onChange={onText} />
      </div>
    </div>
  )
}
