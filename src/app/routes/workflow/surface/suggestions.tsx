/** Suggested trace links, best first: one key accepts or rejects the chosen one; nothing is ever accepted by itself. */
import { useMemo, useRef, useState } from 'react'
import { linkKey, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type Candidate, suggestTrace } from '../../../../core/workflow/trace/suggest-trace.ts'
import { inferFate } from '../../../../core/workflow/trace/trace.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { labelOf } from '../editor/edits.ts'
import type { Editor } from '../editor/use-editor.ts'
import styles from './suggestions.module.css'

interface Offer {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly score: number
  readonly reasons: readonly string[]
}

/** One row: the link that fits best, and what else the step could have become. */
interface Row {
  readonly key: string
  readonly offers: readonly Offer[]
}

function rowsOf(workflow: Workflow): readonly Row[] {
  const { steps, links } = suggestTrace(workflow.current, workflow.future, workflow.trace.values())
  const candidates = new Map(steps.map((step) => [step.current, step.candidates]))
  const offer = (from: readonly string[], { future, score, reasons }: Candidate): Offer => ({
    from,
    to: [future],
    score,
    reasons,
  })
  const rows = links.map((link): Row => {
    const first = candidates.get(link.from[0] ?? '') ?? []
    const reasons = first.find(({ future }) => link.to.includes(future))?.reasons ?? []
    const others = link.from.length > 1 ? [] : first.filter(({ future }) => !link.to.includes(future))
    return { key: linkKey(link), offers: [{ ...link, reasons }, ...others.map((each) => offer(link.from, each))] }
  })
  const linked = new Set(links.flatMap((link) => link.from))
  const open = steps.flatMap((step): Row[] =>
    linked.has(step.current) || step.candidates.length === 0
      ? []
      : [{ key: `${step.current} >`, offers: step.candidates.map((each) => offer([step.current], each)) }],
  )
  return [...rows, ...open]
}

export function Suggestions({
  workflow,
  editor,
  onClose,
}: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly onClose: () => void
}) {
  const [rejected, setRejected] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLUListElement>(null)
  const rows = useMemo(() => rowsOf(workflow), [workflow])
  const shown = rows.filter((row) => !rejected.has(row.key))
  const name = (side: 'current' | 'future', ids: readonly string[]): string =>
    ids.map((id) => labelOf(workflow, side, id)).join(' + ')
  /** The row that takes the place of this one gets the focus, so that the next key works on it. */
  const goOn = (at: number): void => {
    setTimeout(() => {
      const items = list.current?.querySelectorAll<HTMLElement>('[data-row]')
      items?.[Math.min(at, items.length - 1)]?.focus()
    }, 0)
  }
  const accept = (row: Row, index: number, at: number): void => {
    const offer = row.offers[index]
    if (!offer) return
    const { from, to, score } = offer
    const link = { from, to, fate: inferFate(workflow, from, to), score, by: editor.person(), at: editor.now() }
    editor.edit({ kind: 'link', link }, `Traced ${name('current', from)} to ${name('future', to)}`)
    goOn(at)
  }
  const reject = (row: Row, at: number): void => {
    setRejected(new Set([...rejected, row.key]))
    goOn(at)
  }
  const onKey = (event: React.KeyboardEvent, row: Row, at: number): void => {
    const items = list.current?.querySelectorAll<HTMLElement>('[data-row]')
    const digit = Number(event.key)
    if (event.key === 'ArrowDown') items?.[at + 1]?.focus()
    else if (event.key === 'ArrowUp') items?.[at - 1]?.focus()
    else if (event.key === 'a' || (event.key === 'Enter' && event.target === event.currentTarget)) accept(row, 0, at)
    else if (digit >= 1 && digit <= row.offers.length) accept(row, digit - 1, at)
    else if (event.key === 'r' || event.key === 'Delete') reject(row, at)
    else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      editor.undo()
      goOn(at)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Dialog title="Suggested traces" open wide onClose={onClose}>
      <p className="muted">
        By words, role, data, place and neighbours. A accepts the first, 2 and 3 the others, R rejects, Ctrl Z takes back.
      </p>
      {shown.length === 0 && (
        <p>{rows.length === 0 ? 'Every step is traced, or nothing fits.' : 'All suggestions are answered.'}</p>
      )}
      <ul ref={list} className={`stack-tight scroll ${styles.list}`} aria-label="Suggested traces">
        {shown.map((row, at) => (
          <li key={row.key}>
            {/* biome-ignore lint/a11y/useSemanticElements: a row that takes keys of its own and holds buttons is a group, not a fieldset. */}
            <div
              role="group"
              data-row
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the row takes the keys that accept and reject.
              tabIndex={0}
              className={styles.row}
              aria-label={`${name('current', row.offers[0]?.from ?? [])}: ${row.offers.length} suggestions`}
              onKeyDown={(event) => onKey(event, row, at)}
            >
              <b>{name('current', row.offers[0]?.from ?? [])}</b>
              <div className="stack-tight">
                {row.offers.map((offer, index) => (
                  <button
                    key={offer.to.join(' ')}
                    type="button"
                    className={styles.offer}
                    aria-label={`Trace to ${name('future', offer.to)}, ${offer.reasons.join(', ')}`}
                    onClick={() => accept(row, index, at)}
                  >
                    <kbd>{index === 0 ? 'A' : index + 1}</kbd>
                    <span>{name('future', offer.to)}</span>
                    <span className="muted">
                      {Math.round(offer.score * 100)} % · {offer.reasons.join(', ')}
                    </span>
                  </button>
                ))}
              </div>
              <Button onPress={() => reject(row, at)} aria-label={`Reject: ${name('current', row.offers[0]?.from ?? [])}`}>
                Reject
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <DialogActions>
        {rejected.size > 0 && <Button onPress={() => setRejected(new Set())}>Show {rejected.size} rejected again</Button>}
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}
