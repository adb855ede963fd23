/** The foot of a record: comment, skip, undo, record and next; before the first verdict it asks who is reading. */
import { memo } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import styles from './records.module.css'
import { WhoWorks } from './who-works.tsx'

export interface RecordActionsProps {
  readonly named: boolean
  readonly comment: string
  readonly onComment: (text: string) => void
  /** Seconds until the record may be closed. */
  readonly wait: number
  readonly busy: boolean
  readonly read: number
  readonly of: number
  readonly onSkip: () => void
  readonly onUndo: () => void
  readonly onPrevious: () => void
  readonly onRecord: () => void
}

export const RecordActions = memo(function RecordActions(props: RecordActionsProps) {
  const { named, comment, wait, busy, read, of, ...on } = props
  if (!named) return <WhoWorks question="Who is reading?" button="Start reading" className={styles.foot ?? ''} folds />
  return (
    <div className={styles.foot}>
      <Comment comment={comment} onComment={on.onComment} />
      <p className={`${styles.progress} muted`}>
        {read} of {of} read
      </p>
      <Button large onPress={on.onPrevious} aria-keyshortcuts="Shift+Enter">
        Previous
      </Button>
      <Button large onPress={on.onUndo} isDisabled={busy} aria-keyshortcuts="Control+Z">
        Undo
      </Button>
      <Button large onPress={on.onSkip} isDisabled={busy} aria-keyshortcuts="S">
        Skip
      </Button>
      <Button large look="primary" onPress={on.onRecord} isDisabled={busy}>
        {wait > 0 ? `Record verdict and next (${wait} s)` : 'Record verdict and next'}
      </Button>
    </div>
  )
})

const Comment = memo(function Comment({ comment, onComment }: Pick<RecordActionsProps, 'comment' | 'onComment'>) {
  return (
    <div
      className={styles.comment}
      onKeyDownCapture={(event) => {
        // Ctrl+Z in the comment undoes typing, not a verdict.
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') event.stopPropagation()
      }}
    >
      <Field label="Comment (stays in the private part of the project)" value={comment} onChange={onComment} />
    </div>
  )
})
