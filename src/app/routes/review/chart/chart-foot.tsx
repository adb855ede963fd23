/** The foot of a chart: own verdicts, the comment on the row in hand, previous and next; what is missing is said beside the button that asks for it. */
import { memo, useEffect, useRef } from 'react'
import { paceRule } from '../../../../core/review/result/attention.ts'
import { Button } from '../../../components/button.tsx'
import { formatMoment } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { WhoWorks } from '../../../frame/who-works.tsx'
import { Cap } from './cap.tsx'
import styles from './foot.module.css'

export interface ChartFootProps {
  readonly named: boolean
  /** Why the last act was not recorded. */
  readonly problem: string | null
  /** Own verdicts so far, and where they are listed; null on prepared records. */
  readonly verdicts: number | null
  /** What the comment is about; sensitive. */
  readonly about: string
  readonly comment: string
  /** When what is written was kept as a draft; null where it is none. */
  readonly draft: string | null
  readonly onComment: (text: string) => void
  /** Enter in the field: the verdict is recorded again with the comment, where there is one. */
  readonly onCommentDone: () => void
  /** Why Space does not go on, and what it waits for; null where it does. */
  readonly held: string | null
  /** "3 of 7 sections read". */
  readonly progress: string
  /** The section that can be confirmed: its own button may be off the screen. */
  readonly confirm: string | null
  readonly onConfirm: () => void
  /** What the section in hand still asks for; null where it can be confirmed. */
  readonly left: string | null
  readonly onLeft: () => void
  readonly busy: boolean
  /** Seconds until the record may be left. */
  readonly wait: number
  readonly ready: boolean
  /** Why the record can not be left yet; shown once somebody asked for the next one. */
  readonly missing: string | null
  readonly onProblemRead: () => void
  readonly onMissing: () => void
  readonly onSkip: () => void
  readonly onStay: () => void
  readonly onPrevious: () => void
  readonly onNext: () => void
}

export const ChartFoot = memo(function ChartFoot(props: ChartFootProps) {
  const { named, problem, verdicts, progress, held, busy, wait, ready, missing, confirm, left, ...on } = props
  if (!named)
    return <WhoWorks question="Who is reading?" button="Start reading" className={`line ${styles.foot}`} hint={paceRule} folds />
  return (
    <div className={`line ${styles.foot}`}>
      {missing !== null && <Missing words={missing} {...on} />}
      {problem !== null && (
        <div className={styles.problem}>
          <Note mark="error">
            {problem}{' '}
            <Button onPress={on.onProblemRead} aria-label="Put this message away">
              All right
            </Button>
          </Note>
        </div>
      )}
      {held !== null && problem === null && (
        <div className={styles.problem}>
          <Note mark="warning">{held}</Note>
        </div>
      )}
      <CommentField {...props} />
      {verdicts !== null && (
        <a className={`line nowrap ${styles.mine}`} href="#/review/verdicts">
          My verdicts <span className="muted">{verdicts}</span>
        </a>
      )}
      <p className={`muted digits nowrap ${styles.count}`} role="status">
        {progress}
      </p>
      <Button onPress={on.onPrevious} aria-keyshortcuts="P">
        <span className={styles.long}>Previous</span>
        <span className={styles.short} aria-hidden="true">
          ‹
        </span>{' '}
        <Cap>P</Cap>
      </Button>
      {confirm !== null && (
        <Button look="primary" className={styles.confirmNext ?? ''} onPress={on.onConfirm} isDisabled={busy}>
          <span>
            Confirm {confirm}
            <span className={styles.long}>, go on</span>
          </span>
        </Button>
      )}
      {left !== null && (
        <Button className={styles.confirmNext ?? ''} onPress={on.onLeft}>
          {left}
        </Button>
      )}
      <Button
        look={ready ? 'primary' : 'plain'}
        className={`${styles.next} ${ready ? '' : styles.notReady}`}
        onPress={on.onNext}
        isDisabled={busy}
        aria-keyshortcuts="N"
      >
        <span>
          Next<span className={styles.long}> record</span>
          {wait > 0 && ready ? ` (${wait} s)` : ''}
        </span>{' '}
        <Cap>N</Cap>
      </Button>
    </div>
  )
})

function Missing({
  words,
  onMissing,
  onSkip,
  onStay,
}: { readonly words: string } & Pick<ChartFootProps, 'onMissing' | 'onSkip' | 'onStay'>) {
  const go = useRef<HTMLButtonElement>(null)
  useEffect(() => go.current?.focus(), [])
  return (
    <div
      className={`float ${styles.missing}`}
      role="alertdialog"
      aria-label="This record can not be left yet"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStay()
      }}
    >
      <p>{words}</p>
      <div>
        <Button large look="primary" ref={go} onPress={onMissing}>
          Go there
        </Button>
        <Button large onPress={onSkip}>
          Leave this record for later <Cap>S</Cap>
        </Button>
      </div>
    </div>
  )
}

function CommentField({
  about,
  comment,
  draft,
  onComment,
  onCommentDone,
}: Pick<ChartFootProps, 'about' | 'comment' | 'draft' | 'onComment' | 'onCommentDone'>) {
  const label = `Comment on ${about} (sealed; you and the worklist see it)`
  return (
    <div className={`line muted shrinks sunken ${styles.commentField}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M2 3h12v8.5H8L5 14v-2.5H2z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      </svg>
      <input
        id="chart-comment"
        aria-label={label}
        placeholder={label}
        value={comment}
        autoComplete="off"
        onChange={(event) => onComment(event.target.value)}
        onKeyDown={(event) => {
          // Ctrl+Z in the comment undoes typing, not a verdict.
          if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') event.stopPropagation()
          if (event.key === 'Enter') onCommentDone()
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {draft !== null && comment !== '' && (
        <span className={`caption ${styles.draft}`}>draft kept {formatMoment(draft).slice(-5)}</span>
      )}
      <Cap>C</Cap>
    </div>
  )
}
