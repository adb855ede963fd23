/** What was said about one thing of a page: a button with the count, and below it the threads and the card of one. */
import { useEffect, useState } from 'react'
import { counted } from '../../core/counted.ts'
import { type Anchor, anchorKey, type Thread, unreadIn } from '../../core/workflow/together/talk.ts'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import { useWorkspace } from '../session/state.ts'
import styles from './comments.module.css'
import { usePeople } from './people.ts'
import { beginThread, markRead, reply, settle, useReadMarks, useThreads, withdraw } from './talk.ts'
import { ThreadCard } from './thread-card.tsx'
import { WhereKept } from './where-kept.tsx'

/** @param title of the thing, in words */
export function AnchorComments({ about, title }: { readonly about: Anchor; readonly title: string }) {
  const key = anchorKey(about)
  const threads = useThreads().filter((thread) => anchorKey(thread.about) === key)
  const marks = useReadMarks()
  const people = usePeople()
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const [isOpen, setOpen] = useState(false)
  /** Null begins a new one; undefined shows the one that is open. */
  const [chosen, setChosen] = useState<string | null | undefined>(undefined)
  const shown: Thread | null =
    chosen === null ? null : (threads.find(({ id }) => id === chosen) ?? threads.findLast(({ resolved }) => !resolved) ?? null)
  useEffect(() => {
    if (isOpen && shown) markRead(shown)
  }, [isOpen, shown])
  const said = threads.reduce((sum, thread) => sum + thread.said.length, 0)
  const unread = threads.reduce((sum, thread) => sum + (thread.resolved ? 0 : unreadIn(thread, marks, people.me).length), 0)
  const close = (): void => {
    setOpen(false)
    setChosen(undefined)
  }
  return (
    <section className="stack" aria-label={`Comments on ${title}`}>
      <div className="row-start">
        <Button look="quiet" aria-expanded={isOpen} onPress={() => (isOpen ? close() : setOpen(true))}>
          {said === 0 ? 'Comment…' : counted(said, 'comment')}
          {unread > 0 && <b> · {unread} unread</b>}
        </Button>
        {isOpen && shown && !readOnly && (
          <Button look="quiet" onPress={() => setChosen(null)}>
            New thread
          </Button>
        )}
      </div>
      {isOpen && (
        <>
          <WhereKept />
          {threads.length > (shown ? 1 : 0) && (
            <ul className={styles.list} aria-label="Other threads">
              {threads
                .filter(({ id }) => id !== shown?.id)
                .map((thread) => (
                  <li key={thread.id}>
                    <button type="button" className={styles.thread} onClick={() => setChosen(thread.id)}>
                      <span>
                        {people.nameOf(thread.said[0]?.by ?? null)}: {thread.said[0]?.text}
                      </span>
                      <span className="muted caption">
                        {formatMoment(thread.said.at(-1)?.at ?? '')} · {counted(thread.said.length, 'comment')}
                        {thread.resolved && ' · resolved'}
                      </span>
                    </button>
                  </li>
                ))}
            </ul>
          )}
          <ThreadCard
            key={shown?.id ?? 'new'}
            look={styles.here}
            title={title}
            thread={shown}
            people={people}
            readOnly={readOnly}
            onSay={async (text) => {
              const done = await (shown ? reply(shown, text, people.all) : beginThread(about, text, people.all))
              if (done) setChosen(shown?.id)
              return done
            }}
            onSettle={(open) => {
              if (shown) void settle(shown, open).then((done) => done && setChosen(open ? shown.id : undefined))
            }}
            onWithdraw={(what) => shown && void withdraw(shown, what)}
            onClose={close}
          />
        </>
      )}
    </section>
  )
}
