/** Threads in one list: those of a map, of a page, or about one thing; resolved ones apart. */
import { type ReactNode, useState } from 'react'
import { counted } from '../../core/counted.ts'
import { type Anchor, type ReadMarks, type Thread, unreadIn } from '../../core/workflow/together/talk.ts'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import { Inspector } from '../frame/inspector.tsx'
import styles from './comments.module.css'
import type { People } from './people.ts'
import { WhereKept } from './where-kept.tsx'

export interface CommentsPanelProps {
  /** What a thread is about, in words. */
  readonly nameOf: (about: Anchor) => string
  /** Where to begin, where nothing is chosen. */
  readonly hint: string
  readonly threads: readonly Thread[]
  readonly marks: ReadMarks
  readonly people: People
  readonly readOnly: boolean
  /** Null where nothing is chosen that could be spoken of. */
  readonly onNew: (() => void) | null
  readonly onOpen: (thread: Thread) => void
  readonly onClose: () => void
  /** The card of a thread that has no place on the map. */
  readonly children: ReactNode
}

export function CommentsPanel(props: CommentsPanelProps) {
  const { nameOf, hint, threads, marks, people, readOnly, onNew, onOpen, onClose, children } = props
  const [resolved, setResolved] = useState(false)
  const open = threads.filter((thread) => thread.resolved === null)
  const shown = resolved ? threads.filter((thread) => thread.resolved !== null) : open
  return (
    <Inspector title="Comments" floats="right" onClose={onClose}>
      <WhereKept />
      <div className="row-start">
        {!readOnly && (
          <Button isDisabled={onNew === null} onPress={() => onNew?.()}>
            Comment <kbd>M</kbd>
          </Button>
        )}
        <Button look="quiet" aria-pressed={resolved} onPress={() => setResolved(!resolved)}>
          {resolved ? `Show open (${open.length})` : `Show resolved (${threads.length - open.length})`}
        </Button>
      </div>
      {onNew === null && !readOnly && <p className="caption">{hint}</p>}
      {shown.length === 0 ? (
        <p className="muted">{resolved ? 'Nothing is resolved yet.' : 'Nothing is said here that is still open.'}</p>
      ) : (
        <ul className={styles.list} aria-label={resolved ? 'Resolved threads' : 'Open threads'}>
          {shown.map((thread) => {
            const [first] = thread.said
            const unread = unreadIn(thread, marks, people.me).length
            return (
              <li key={thread.id}>
                <button type="button" className={styles.thread} onClick={() => onOpen(thread)}>
                  <b>{nameOf(thread.about)}</b>
                  <span>
                    {people.nameOf(first?.by ?? null)}: {first?.text}
                  </span>
                  <span className="muted caption">
                    {formatMoment(thread.said.at(-1)?.at ?? '')} · {counted(thread.said.length, 'comment')}
                    {unread > 0 && <b> · {unread} unread</b>}
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
      )}
      {children}
    </Inspector>
  )
}
