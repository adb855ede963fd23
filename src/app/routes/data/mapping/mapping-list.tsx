/** The first pane: legacy fields by table, with how many cells are filled and where they go. */
import { useEffect, useRef } from 'react'
import { isRowRule } from '../../../../core/data/crosswalk/plan/row-rules.ts'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useKeys } from '../../../window/keys.ts'
import { type MappingEntry, proposesToLeave, ruleWords } from '../acts/mapping-entries.ts'
import { certaintyOf, useMappingHelp } from '../acts/mapping-help.ts'
import styles from './mapping.module.css'

export interface MappingListProps {
  readonly entries: readonly MappingEntry[]
  readonly selected: string | null
  readonly onSelect: (key: string) => void
  readonly onConfirm: () => void
  readonly onClear: () => void
  readonly onValueMap: () => void
  readonly onNext: () => void
  /** Confirms all lines of the table of the selected one. */
  readonly onConfirmTable: () => void
}

export function MappingList(props: MappingListProps) {
  const { entries, selected, onSelect } = props
  const list = useRef<HTMLUListElement>(null)
  useKeys(list, {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => focusAt(0),
    End: () => focusAt(entries.length - 1),
    N: props.onNext,
    T: props.onConfirmTable,
    Enter: props.onConfirm,
    Delete: props.onClear,
    V: props.onValueMap,
  })
  const had = useRef(false)
  // A row that goes to another tab would take the focus with it: it goes to the row that is selected then.
  useEffect(() => {
    if (selected !== null) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
    if (had.current && selected !== null && list.current && !list.current.contains(document.activeElement))
      list.current.querySelector<HTMLElement>('[aria-current="true"]')?.focus()
  }, [selected])

  function rows(): readonly HTMLElement[] {
    return [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])]
  }
  function focusAt(index: number): void {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, index))]
    if (!entry) return
    onSelect(entry.key)
    rows()[entries.indexOf(entry)]?.focus()
  }
  function move(by: number): void {
    focusAt(rows().indexOf(document.activeElement as HTMLElement) + by)
  }

  const tables = [...new Set(entries.map(({ line }) => line.source))]
  return (
    <ul
      ref={list}
      className={`scroll ${styles.list}`}
      aria-label="Legacy fields"
      onFocus={() => {
        had.current = true
      }}
      onBlur={(event) => {
        // Losing the focus to nothing means that the focused row was taken away.
        had.current = event.relatedTarget === null
      }}
    >
      {tables.map((table) => (
        <li key={table}>
          <div className={`muted sunken ${styles.group}`}>{table === '' ? 'Only in the target' : table}</div>
          <ul>
            {entries
              .filter(({ line }) => line.source === table)
              .map((entry, index) => (
                <Row
                  key={entry.key}
                  entry={entry}
                  selected={entry.key === selected}
                  reachable={entry.key === selected || (selected === null && table === tables[0] && index === 0)}
                  onSelect={() => onSelect(entry.key)}
                />
              ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function Row(props: {
  readonly entry: MappingEntry
  readonly selected: boolean
  readonly reachable: boolean
  readonly onSelect: () => void
}) {
  const { entry, selected } = props
  const { line, tab, filled } = entry
  const certainty = useMappingHelp(({ suggestions }) => certaintyOf(line, suggestions))
  return (
    <li>
      <button
        type="button"
        className={`full ${styles.entry}`}
        aria-current={selected ? 'true' : undefined}
        tabIndex={props.reachable ? 0 : -1}
        onClick={props.onSelect}
      >
        <span className={`breaks ${styles.field}`}>{fieldWords(line)}</span>
        <span className="caption muted digits nowrap">
          {certainty !== null && tab === 'suggested' && (
            <span className="digits nowrap">{formatPercent(certainty)} certain, </span>
          )}
          {filled === null ? '' : `${formatNumber(filled)} filled`}
        </span>
        <span className="caption muted breaks across">
          {tab === 'not-carried' ? (
            <>
              <SeverityMark mark="waiting" /> {line.reason} — {line.by}
            </>
          ) : proposesToLeave(line) ? (
            <>leave behind: {line.reason}</>
          ) : isRowRule(line.rule) ? (
            ruleWords(line)
          ) : line.target === '' ? (
            'goes nowhere yet'
          ) : (
            <>
              {ruleWords(line)} → {line.target}
            </>
          )}
        </span>
      </button>
    </li>
  )
}

function fieldWords({ source, fields, target }: MappingEntry['line']): string {
  if (source === '') return target
  return fields.join() === '*' ? 'all columns' : fields.join(' + ')
}
