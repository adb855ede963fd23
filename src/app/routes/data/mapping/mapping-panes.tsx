/** Legacy field, rule and target beside each other; one at a time where there is no room. */
import { useMemo } from 'react'
import type { Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { CommentsOn } from '../../../comments/comments-on.tsx'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { useWorkspace } from '../../../session/state.ts'
import {
  decidingEdit,
  type Filled,
  lineName,
  type MappingEntry,
  type MappingTab,
  proposesToLeave,
  tabWords,
} from '../acts/mapping-entries.ts'
import styles from './mapping.module.css'
import { MappingList } from './mapping-list.tsx'
import { MappingPreview } from './mapping-preview.tsx'
import type { RuleChange } from './rule-change.ts'
import { RuleEditor } from './rule-editor.tsx'
import { SuggestionEvidence } from './suggestion-evidence.tsx'
import { TargetEditor } from './target-editor.tsx'

export interface MappingPanesProps {
  readonly mapping: Mapping
  readonly shown: readonly MappingEntry[]
  readonly tab: MappingTab
  /** Suggested lines that nobody has confirmed. */
  readonly waiting: number
  /** Whether a text hides some of the lines. */
  readonly filtered: boolean
  readonly selected: MappingEntry | null
  readonly filled: Filled | null
  readonly onSelect: (key: string | null) => void
  readonly onConfirm: () => void
  readonly onClear: () => void
  readonly onNext: () => void
  readonly onConfirmTable: () => void
  readonly onNotCarried: () => void
  readonly onValueMap: () => void
  readonly onChange: (entry: MappingEntry, change: RuleChange) => void
}

export function MappingPanes(props: MappingPanesProps) {
  const { mapping, shown, tab, selected, filled } = props
  const columns = useMemo(() => new Map([...(filled ?? [])].map(([table, fields]) => [table, [...fields.keys()]])), [filled])
  const known = useMemo(() => [...new Set(mapping.fields.map(({ target }) => target))].sort(), [mapping])
  return (
    <div className={`${styles.panes} ${selected ? styles.oneLine : styles.oneList}`}>
      <section className={`box ${styles.pane}`} id="mapping-lines" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {shown.length === 0 ? (
          <p className={`${styles.nothing} muted`}>
            {props.filtered ? 'No line of this tab fits the filter.' : nothing(tab, props.waiting)}
          </p>
        ) : (
          <MappingList
            entries={shown}
            selected={selected?.key ?? null}
            onSelect={props.onSelect}
            onConfirm={props.onConfirm}
            onClear={props.onClear}
            onValueMap={props.onValueMap}
            onNext={props.onNext}
            onConfirmTable={props.onConfirmTable}
          />
        )}
      </section>
      {selected ? (
        <>
          <section className={`box ${styles.pane} ${styles.second}`} aria-label="Rule">
            <div className={`stack-wide ${styles.form}`}>
              <Button look="quiet" className={styles.back ?? ''} onPress={() => props.onSelect(null)}>
                Back to the list
              </Button>
              <h2>{lineName(selected.line)}</h2>
              <p className="muted">
                {tabWords[selected.tab]}
                {selected.filled !== null && `, ${formatCount(selected.filled, 'filled cell')}`}
              </p>
              <RuleEditor
                key={selected.key}
                line={selected.line}
                mapping={mapping}
                columns={columns}
                onChange={(change) => props.onChange(selected, change)}
                onValueMap={props.onValueMap}
              />
            </div>
          </section>
          <section className={`box ${styles.pane} ${styles.third}`} aria-label="Target">
            <div className={`stack-wide ${styles.form}`}>
              <TargetEditor
                key={selected.key}
                entry={selected}
                known={known}
                onChange={(change) => props.onChange(selected, change)}
              />
              <SuggestionEvidence entry={selected} onTake={(target) => props.onChange(selected, { target })} />
              <Decisions {...props} selected={selected} />
              <CommentsOn
                key={`talk ${selected.key}`}
                about={{ kind: 'mapping', id: lineName(selected.line) }}
                title={`the line ${lineName(selected.line)}`}
              />
              {selected.line.target !== '' && selected.line.rule !== '' && (
                <MappingPreview key={selected.key} mapping={mapping} entry={selected} />
              )}
            </div>
          </section>
        </>
      ) : (
        <section className={`box ${styles.pane} ${styles.unchosen}`} aria-label="Rule">
          <div className={`stack-wide ${styles.form}`}>
            <p className="muted">Choose a field to see its rule, where it goes and what it does to real rows.</p>
          </div>
        </section>
      )}
    </div>
  )
}

function Decisions(props: MappingPanesProps & { readonly selected: MappingEntry }) {
  const { selected } = props
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  return (
    <div className="row-start">
      {selected.tab !== 'confirmed' && selected.tab !== 'not-carried' && (
        <Button
          look="primary"
          isDisabled={readOnly || decidingEdit({ ...selected, at: selected.at ?? 0 }, 'somebody') === null}
          onPress={props.onConfirm}
        >
          {proposesToLeave(selected.line) ? 'Leave it behind' : 'Confirm'}
        </Button>
      )}
      {selected.tab !== 'not-carried' && (
        <Button isDisabled={readOnly} onPress={props.onNotCarried}>
          Do not carry…
        </Button>
      )}
      {selected.at !== null && (selected.tab !== 'unmapped' || selected.line.rule !== '') && (
        <Button isDisabled={readOnly} onPress={props.onClear}>
          {selected.tab === 'suggested' || selected.tab === 'unmapped' ? 'Clear the line' : 'Open it again'}
        </Button>
      )}
    </div>
  )
}

/** What proposals still ask of a person. */
export function waitingWords(waiting: number): string {
  return waiting === 1
    ? 'One suggested line waits to be confirmed.'
    : `${formatNumber(waiting)} suggested lines wait to be confirmed.`
}

function nothing(tab: MappingTab, waiting: number): string {
  const words: Readonly<Record<MappingTab, string>> = {
    unmapped:
      waiting === 0
        ? 'Every legacy field has a line with a target, or a reason why it is left behind.'
        : `No field is without a proposal. ${waitingWords(waiting)}`,
    suggested: 'No line waits for a decision.',
    confirmed: 'No line is confirmed yet.',
    'not-carried': 'Nothing is left behind on purpose.',
  }
  return words[tab]
}
