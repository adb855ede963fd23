/** Comments of the map that a page shows: which card is open, what is drawn over the map, and the list beside it. */
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type Anchor, anchorKey, unreadIn } from '../../../../core/workflow/together/talk.ts'
import type { Places } from '../../../canvas/over/over-drawing.tsx'
import { usePeople } from '../../../comments/people.ts'
import { beginThread, markRead, reply, settle, useReadMarks, useThreads, withdraw } from '../../../comments/talk.ts'
import type { Editor } from '../editor/use-editor.ts'
import { anchorName, chosenAnchor, isThere } from './anchors.ts'

const CommentPins = lazy(() => import('./comment-pins.tsx').then((m) => ({ default: m.CommentPins })))
const ThreadCard = lazy(() => import('../../../comments/thread-card.tsx').then((m) => ({ default: m.ThreadCard })))
const CommentsPanel = lazy(() => import('../../../comments/comments-panel.tsx').then((m) => ({ default: m.CommentsPanel })))

export interface Comments {
  readonly unread: number
  /** Opens the card of what is chosen; false where nothing is. */
  readonly comment: () => boolean
  readonly over: ((places: Places) => ReactNode) | undefined
  readonly panel: (onClose: () => void) => ReactNode
}

export function useComments(workflow: Workflow, editor: Editor, readOnly: boolean): Comments {
  const all = useThreads()
  const marks = useReadMarks()
  const people = usePeople()
  const [open, setOpen] = useState<Anchor | null>(null)
  /** A thread that is read in the list: what it was about is gone, or it is resolved. */
  const [listed, setListed] = useState<string | null>(null)
  const threads = all.filter(({ about }) => 'map' in about && about.map === workflow.id)
  const shown =
    threads.find(({ id }) => id === listed) ??
    (open && threads.findLast((thread) => thread.resolved === null && anchorKey(thread.about) === anchorKey(open))) ??
    null
  useEffect(() => {
    if (shown) markRead(shown)
  }, [shown])
  const chosen = chosenAnchor(workflow, editor.state)
  const { focus } = editor
  const close = useCallback((): void => {
    setOpen(null)
    setListed(null)
    focus()
  }, [focus])
  const openAt = (about: Anchor | null): void => {
    setListed(null)
    setOpen(about)
  }
  const about = shown?.about ?? open
  const card = about && (
    <Suspense>
      <ThreadCard
        key={shown?.id ?? anchorKey(about)}
        title={anchorName(about, workflow)}
        thread={shown}
        people={people}
        readOnly={readOnly}
        onSay={(text) => (shown ? reply(shown, text, people.all) : beginThread(about, text, people.all))}
        onSettle={(isOpen) => shown && void settle(shown, isOpen).then((done) => done && !isOpen && close())}
        onWithdraw={(what) => shown && void withdraw(shown, what)}
        onClose={close}
      />
    </Suspense>
  )
  const isOnMap = listed === null || (shown !== null && isThere(shown.about, workflow))
  const over = (places: Places): ReactNode => (
    <Suspense>
      <CommentPins
        workflow={workflow}
        threads={threads}
        marks={marks}
        me={people.me}
        places={places}
        open={isOnMap ? about : null}
        onOpen={openAt}
        card={card}
      />
    </Suspense>
  )
  return {
    unread: threads.reduce((sum, thread) => sum + (thread.resolved ? 0 : unreadIn(thread, marks, people.me).length), 0),
    comment: () => {
      if (chosen && !readOnly) openAt(chosen)
      return chosen !== null
    },
    over: threads.length > 0 || open ? over : undefined,
    panel: (onClose) => (
      <Suspense>
        <CommentsPanel
          nameOf={(about) => anchorName(about, workflow)}
          hint="Choose a step, a flow or a lane to comment on it."
          threads={threads}
          marks={marks}
          people={people}
          readOnly={readOnly}
          onNew={chosen && (() => openAt(chosen))}
          onOpen={({ id }) => setListed(id)}
          onClose={onClose}
        >
          {isOnMap ? null : card}
        </CommentsPanel>
      </Suspense>
    ),
  }
}
