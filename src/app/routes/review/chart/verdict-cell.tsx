/** What the reader says of a block: the way to a verdict, the verdict itself with its reason and comment, and then the note of the program. */

import { type Reason, reasons, type Verdict } from '../../../../core/review/model/review-event.ts'
import { Button } from '../../../components/button.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { reasonWords, verdictMarks, verdictWords } from '../acts/reading.ts'
import { Cap } from './cap.tsx'
import type { BlockView, RowView } from './chart-rows.ts'
import { isDifferent } from './chart-view.ts'
import styles from './verdict.module.css'
import { verdictKeys } from './verdict-keys.ts'

/** What one of two readers said, where a third decides; null where that reader said nothing. */
export interface SaidByOther {
  readonly label: string
  readonly verdict: Verdict | null
}

/** Where a block stands between a key and the disk. */
export interface BlockActs {
  readonly open: boolean
  readonly asking: Verdict | null
  readonly busy: boolean
  readonly comment: string | null
  readonly others: readonly SaidByOther[]
  /** Rows that a verdict on this one would speak for. */
  readonly together: number
}

export interface BlockHandlers {
  readonly onOpen: (item: string) => void
  readonly onVerdict: (item: string, verdict: Verdict) => void
  readonly onReason: (item: string, reason: Reason) => void
  readonly onStop: (item: string) => void
  /** The rows of this cause are judged one by one. */
  readonly onApart: (cause: string, item: string) => void
}

interface VerdictCellProps {
  readonly block: BlockView
  readonly acts: BlockActs
  readonly on: BlockHandlers
}

export function VerdictCell({ block, acts, on }: VerdictCellProps) {
  const [row] = block.rows
  if (!row) return null
  const { said } = block
  const { open, asking, busy } = acts
  const choosing = asking === null && (open || (said === null && row.asksVerdict))
  return (
    <div className={styles.verdict} data-said={said?.verdict} data-asking={asking ?? undefined}>
      <div className={styles.side} data-side>
        {busy && <p className="muted">Recording…</p>}
        {!busy && said && <SaidWords block={block} row={row} on={on} open={open} />}
        {!busy && !said && !choosing && asking === null && (
          <Button aria-label={`Mark ${row.title}`} className={styles.mark ?? ''} onPress={() => on.onOpen(row.item)}>
            Mark <Cap>M</Cap>
          </Button>
        )}
      </div>
      <div className={`stack-tight ${styles.wide}`}>
        {choosing && <Choices row={row} chosen={said?.verdict ?? null} onVerdict={on.onVerdict} />}
        {asking !== null && <Reasons row={row} verdict={asking} on={on} />}
        {((choosing && block.traces > 1 && said === null) || (asking !== null && acts.together > 1)) && (
          <Together row={row} traces={acts.together} on={on} />
        )}
        {acts.others.length > 0 && (
          <p className="caption muted line-start">
            {acts.others
              .map(({ label, verdict }) => `${label}: ${verdict === null ? 'no verdict' : verdictWords[verdict].toLowerCase()}`)
              .join(' · ')}
          </p>
        )}
        {acts.comment !== null && <p className="caption breaks">“{acts.comment}”</p>}
        <Notes block={block} row={row} open={choosing || asking !== null} />
      </div>
    </div>
  )
}

function SaidWords({
  block,
  row,
  on,
  open,
}: {
  readonly block: BlockView
  readonly row: RowView
  readonly on: BlockHandlers
  readonly open: boolean
}) {
  const { said, traces } = block
  if (!said) return null
  const { cause } = row
  return (
    <>
      <p className={`row ${styles.saidLine}`}>
        <Pill mark={verdictMarks[said.verdict]}>{verdictWords[said.verdict]}</Pill>
        {said.reason !== null && <span>{reasonWords[said.reason].toLowerCase()}</span>}
        {traces > 1 && <span className="caption muted">one verdict for {traces} traces</span>}
      </p>
      <p className={`line-start ${styles.links}`}>
        {!open && (
          <button type="button" onClick={() => on.onOpen(row.item)} aria-label={`Change the verdict on ${row.title}`}>
            Change
          </button>
        )}
        {traces > 1 && cause !== null && (
          <button type="button" onClick={() => on.onApart(cause, row.item)}>
            Judge the {traces} apart
          </button>
        )}
      </p>
    </>
  )
}

/** Said before the verdict is recorded: it speaks for more than the row in hand. */
function Together({ row, traces, on }: { readonly row: RowView; readonly traces: number; readonly on: BlockHandlers }) {
  const { cause, item } = row
  if (cause === null) return null
  return (
    <p className={`dense spread ${styles.together}`}>
      This judges {traces} traces of one cause at once.{' '}
      <button type="button" aria-keyshortcuts="A" onClick={() => on.onApart(cause, item)}>
        Judge one by one <Cap>A</Cap>
      </button>
    </p>
  )
}

function Choices({
  row,
  chosen,
  onVerdict,
}: {
  readonly row: RowView
  readonly chosen: Verdict | null
  readonly onVerdict: (item: string, verdict: Verdict) => void
}) {
  return (
    <fieldset className={styles.choices}>
      <legend className="visually-hidden">Verdict on {row.title}</legend>
      {verdictKeys.map((verdict, index) => (
        <Button
          key={verdict}
          aria-pressed={chosen === verdict}
          className={`${styles.choice} ${chosen === verdict ? styles.chosen : ''}`}
          onPress={() => onVerdict(row.item, verdict)}
        >
          <Cap>{index + 1}</Cap> {verdictWords[verdict]}
        </Button>
      ))}
    </fieldset>
  )
}

function Reasons({ row, verdict, on }: { readonly row: RowView; readonly verdict: Verdict; readonly on: BlockHandlers }) {
  return (
    <fieldset className={styles.reasons}>
      <legend>Why is it {verdictWords[verdict].toLowerCase()}?</legend>
      {reasons.map((reason, index) => (
        <Button key={reason} className={styles.choice ?? ''} onPress={() => on.onReason(row.item, reason)}>
          <Cap>{index + 1}</Cap> {reasonWords[reason]}
        </Button>
      ))}
      <Button look="quiet" className={styles.choice ?? ''} onPress={() => on.onStop(row.item)}>
        <Cap>Esc</Cap> Not {verdictWords[verdict].toLowerCase()}
      </Button>
    </fieldset>
  )
}

function Notes({ block, row, open }: { readonly block: BlockView; readonly row: RowView; readonly open: boolean }) {
  if (!block.told)
    return open && row.outside.length === 0 ? (
      <p className="caption muted line-start">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path
            d="M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4-6.5-4-6.5-4zM2.5 13.5l11-11M6.5 8a1.5 1.5 0 0 0 3 0"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
          />
        </svg>
        Program’s note hidden until you judge
      </p>
    ) : null
  const notes = block.rows.map(({ note }) => note)
  const worth = notes.filter((note) => isDifferent(note) || note.cls === 'not-compared')
  const sentences = [...new Set(worth.flatMap((note) => note.sentences))].map(asSentence)
  if (sentences.length === 0 && block.said === null) return null
  return (
    <p className={`caption breaks ${styles.program}`}>
      <strong>Program’s note{block.said ? ', shown now' : ''}:</strong>{' '}
      {sentences.length > 0 ? sentences.join(' ') : worth.length > 0 ? 'different.' : 'it found the same on both sides.'}
    </p>
  )
}

/** Rules of comparing speak in fragments: "equal: same code by value map". */
function asSentence(words: string): string {
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return /[.!?]$/.test(text) ? text : `${text}.`
}
