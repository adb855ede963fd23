/** Steps that go nowhere and steps without an origin, each with the answers there are: silence is not a trace. */

import { type ReactNode, useState } from 'react'
import type { Workflow } from '../../../core/workflow/map/workflow.ts'
import { refOf } from '../../canvas/node-ref.ts'
import { Button } from '../../components/button.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import type { ComparisonView } from './comparison-view.ts'
import { labelOf } from './edits.ts'
import styles from './over-canvas.module.css'
import { Suggestions } from './suggestions.tsx'
import type { Editor } from './use-editor.ts'

export function TraceGaps({
  workflow,
  editor,
  view,
  floats = false,
}: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly view: ComparisonView
  /** Over the canvas, so that an answer that is given moves nothing; a table would be covered by it. */
  readonly floats?: boolean
}) {
  const [suggesting, setSuggesting] = useState(false)
  const { current, future } = view.trace.untraced
  const suggestions = suggesting && <Suggestions workflow={workflow} editor={editor} onClose={() => setSuggesting(false)} />
  if (workflow.current.nodes.size === 0 || workflow.future.nodes.size === 0) return null
  if (current.length === 0 && future.length === 0) return suggestions
  return (
    <section className={`${floats ? `stack-tight starts scroll ${styles.gaps}` : ''} no-print`} aria-label="Gaps in the trace">
      {current.length > 0 && (
        <Gap
          words={`${current.length} ${current.length === 1 ? 'step goes' : 'steps go'} nowhere:`}
          ids={current}
          name={(id) => labelOf(workflow, 'current', id)}
          onSelect={(id) => editor.selectOne(refOf('current', id))}
          choices={(id) => [
            { label: 'Trace to…', run: () => editor.ask({ ask: 'trace', from: refOf('current', id) }) },
            { label: 'Merge with…', run: () => editor.ask({ ask: 'merge', current: id }) },
            { label: 'Automated…', run: () => editor.ask({ ask: 'fate', current: id, fate: 'automated' }) },
            { label: 'Eliminate…', run: () => editor.ask({ ask: 'fate', current: id, fate: 'eliminated' }) },
          ]}
        >
          <Button className={styles.small ?? ''} onPress={() => setSuggesting(true)}>
            Suggestions…
          </Button>
        </Gap>
      )}
      {future.length > 0 && (
        <Gap
          words={`${future.length} future ${future.length === 1 ? 'step has' : 'steps have'} no origin:`}
          ids={future}
          name={(id) => labelOf(workflow, 'future', id)}
          onSelect={(id) => editor.selectOne(refOf('future', id))}
          choices={(id) => [
            { label: 'Trace to…', run: () => editor.ask({ ask: 'trace', from: refOf('future', id) }) },
            { label: 'New…', run: () => editor.ask({ ask: 'new-step', future: id }) },
          ]}
        />
      )}
      {suggestions}
    </section>
  )
}

interface GapProps {
  readonly words: string
  readonly ids: readonly string[]
  readonly name: (id: string) => string
  readonly onSelect: (id: string) => void
  readonly choices: (id: string) => readonly { readonly label: string; readonly run: () => void }[]
  /** What helps with all of them at once. */
  readonly children?: ReactNode
}

/** The first step with its answers; the others follow as soon as it has one. */
function Gap({ words, ids, name, onSelect, choices, children }: GapProps) {
  const [first] = ids
  if (first === undefined) return null
  return (
    <div className={`row ${styles.gap}`}>
      <SeverityMark mark="warning" />
      <b>{words}</b>
      <span>
        {ids.slice(0, 4).map((id, i) => (
          <span key={id}>
            {i > 0 && ', '}
            <button type="button" className={`link ${styles.name}`} onClick={() => onSelect(id)}>
              {name(id)}
            </button>
          </span>
        ))}
        {ids.length > 4 && ` and ${ids.length - 4} more`}
      </span>
      {choices(first).map(({ label, run }) => (
        <Button key={label} className={styles.small ?? ''} onPress={run} aria-label={`${label.replace('…', '')}: ${name(first)}`}>
          {label}
        </Button>
      ))}
      {children}
    </div>
  )
}
