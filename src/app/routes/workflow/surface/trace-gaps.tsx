/** Steps that go nowhere and steps without an origin, each with the answers there are: silence is not a trace. */

import { type ReactNode, useState } from 'react'
import { Dialog, DialogTrigger, Button as PlainButton, Popover } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { Button } from '../../../components/button.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import type { ComparisonView } from '../editor/comparison-view.ts'
import { labelOf } from '../editor/edits.ts'
import type { Editor } from '../editor/use-editor.ts'
import styles from './over-canvas.module.css'
import { Suggestions } from './suggestions.tsx'

interface GapsProps {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly view: Pick<ComparisonView, 'trace'>
}

/** In the head of the canvas: how many steps wait for an answer; the answers open below it and cover no lane for long. */
export function TraceGapsPill(props: GapsProps) {
  const [open, setOpen] = useState(false)
  const [suggesting, setSuggesting] = useState(false)
  const { current, future } = props.view.trace.untraced
  const words = gapWords(props)
  return (
    <>
      {words !== null && (
        <span className="no-print">
          <DialogTrigger isOpen={open} onOpenChange={setOpen}>
            <PlainButton className={styles.gapPill ?? ''} aria-label={words}>
              <SeverityMark mark="warning" />
              <span className={styles.gapWords}>{words}</span>
              <span className={styles.gapCount}>{current.length || future.length} open</span>
            </PlainButton>
            <Popover
              className={styles.gapPopover ?? ''}
              placement="bottom start"
              UNSTABLE_portalContainer={document.querySelector('main') ?? document.body}
            >
              <Dialog aria-label={`Gaps in the trace: ${counted(current.length + future.length, 'step')}`}>
                <GapList {...props} onAct={() => setOpen(false)} onSuggest={() => setSuggesting(true)} />
              </Dialog>
            </Popover>
          </DialogTrigger>
        </span>
      )}
      {suggesting && <Suggestions {...props} onClose={() => setSuggesting(false)} />}
    </>
  )
}

/** The same answers above a table. */
export function TraceGaps(props: GapsProps) {
  const [suggesting, setSuggesting] = useState(false)
  const suggestions = suggesting && <Suggestions {...props} onClose={() => setSuggesting(false)} />
  if (gapWords(props) === null) return suggestions
  return (
    <section className="no-print" aria-label="Gaps in the trace">
      <GapList {...props} onAct={() => {}} onSuggest={() => setSuggesting(true)} />
      {suggestions}
    </section>
  )
}

/** Null where nothing is open, or where one of both maps is empty. */
function gapWords({ workflow, view }: GapsProps): string | null {
  const { current, future } = view.trace.untraced
  if (workflow.current.nodes.size === 0 || workflow.future.nodes.size === 0) return null
  if (current.length > 0) return nowhere(current.length)
  return future.length > 0 ? noOrigin(future.length) : null
}

const nowhere = (count: number): string => `${count} ${count === 1 ? 'step goes' : 'steps go'} nowhere`
const noOrigin = (count: number): string => `${count} future ${count === 1 ? 'step has' : 'steps have'} no origin`

function GapList({
  workflow,
  editor,
  view,
  onAct,
  onSuggest,
}: GapsProps & { readonly onAct: () => void; readonly onSuggest: () => void }) {
  const { current, future } = view.trace.untraced
  const does = (run: () => void) => (): void => {
    onAct()
    run()
  }
  return (
    <>
      {current.length > 0 && (
        <Gap
          words={`${nowhere(current.length)}:`}
          ids={current}
          name={(id) => labelOf(workflow, 'current', id)}
          onSelect={(id) => does(() => editor.selectOne(refOf('current', id)))()}
          choices={(id) => [
            { label: 'Trace to…', run: does(() => editor.ask({ ask: 'trace', from: refOf('current', id) })) },
            { label: 'Merge with…', run: does(() => editor.ask({ ask: 'merge', current: id })) },
            { label: 'Automated…', run: does(() => editor.ask({ ask: 'fate', current: id, fate: 'automated' })) },
            { label: 'Eliminate…', run: does(() => editor.ask({ ask: 'fate', current: id, fate: 'eliminated' })) },
          ]}
        >
          <Button className={styles.small ?? ''} onPress={does(onSuggest)}>
            Suggestions…
          </Button>
        </Gap>
      )}
      {future.length > 0 && (
        <Gap
          words={`${noOrigin(future.length)}:`}
          ids={future}
          name={(id) => labelOf(workflow, 'future', id)}
          onSelect={(id) => does(() => editor.selectOne(refOf('future', id)))()}
          choices={(id) => [
            { label: 'Trace to…', run: does(() => editor.ask({ ask: 'trace', from: refOf('future', id) })) },
            { label: 'New…', run: does(() => editor.ask({ ask: 'new-step', future: id })) },
          ]}
        />
      )}
    </>
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
