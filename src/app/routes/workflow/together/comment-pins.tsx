/** Pins of open threads on the drawing, and the card of the one that is open beside its pin. */
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type Anchor, anchorKey, type ReadMarks, type Thread, unreadIn } from '../../../../core/workflow/together/talk.ts'
import type { Places } from '../../../canvas/over/over-drawing.tsx'
import { anchorName } from './anchors.ts'
import styles from './together.module.css'

export interface CommentPinsProps {
  readonly workflow: Workflow
  readonly threads: readonly Thread[]
  readonly marks: ReadMarks
  readonly me: string
  readonly places: Places
  /** What the open card is about; null where none is open. */
  readonly open: Anchor | null
  readonly onOpen: (about: Anchor | null) => void
  readonly card: React.ReactNode
}

const cardWidth = 236
const cardRoom = 300
const edge = 12

export function CommentPins({ workflow, threads, marks, me, places, open, onOpen, card }: CommentPinsProps) {
  const groups = new Map<string, { readonly about: Anchor; readonly threads: Thread[] }>()
  if (open) groups.set(anchorKey(open), { about: open, threads: [] })
  for (const thread of threads) {
    const key = anchorKey(thread.about)
    if (thread.resolved && !groups.has(key)) continue
    const group = groups.get(key) ?? { about: thread.about, threads: [] }
    groups.set(key, group)
    group.threads.push(thread)
  }
  return [...groups].map(([key, { about, threads: own }]) => {
    const at = placeOf(about, workflow, places)
    if (!at) return null
    const isOpen = open !== null && anchorKey(open) === key
    const said = own.reduce((sum, { said: list }) => sum + list.length, 0)
    const unread = own.reduce((sum, thread) => sum + unreadIn(thread, marks, me).length, 0)
    const name = `${counted(said, 'comment')} on ${anchorName(about, workflow)}${unread > 0 ? `, ${unread} unread` : ''}`
    const left = Math.max(edge, Math.min(at.x + 20, places.room.width - cardWidth - edge))
    const top = Math.max(edge, Math.min(at.y - 20, places.room.height - cardRoom - edge))
    return (
      <div key={key}>
        <button
          type="button"
          className={styles.pin}
          data-unread={unread > 0 || undefined}
          style={{ left: at.x, top: at.y }}
          aria-label={name}
          aria-expanded={isOpen}
          onClick={() => onOpen(isOpen ? null : about)}
        >
          {said === 0 ? '+' : said}
        </button>
        {isOpen && (
          <div className={styles.cardPlace} style={{ left, top, width: cardWidth }}>
            {card}
          </div>
        )}
      </div>
    )
  })
}

/** At the lower right corner of a step, in the middle of a flow, in the head of a lane; null where it is not drawn. */
function placeOf(about: Anchor, workflow: Workflow, places: Places): { readonly x: number; readonly y: number } | null {
  if (!('map' in about)) return null
  const { side, id } = about
  if (about.kind === 'lane') {
    const head = places.lane(side, id)
    return head && { x: Math.max(head.x, 0) + head.width - 28, y: head.y + head.height - 12 }
  }
  if (about.kind === 'step') {
    const box = places.box(`${side}/${id}`)
    return box && { x: box.x + box.width - 22, y: box.y + box.height - 6 }
  }
  const flow = workflow[side].edges.get(id)
  const [from, to] = [places.box(`${side}/${flow?.from}`), places.box(`${side}/${flow?.to}`)]
  if (!from || !to) return null
  return {
    x: (from.x + from.width / 2 + to.x + to.width / 2) / 2,
    y: (from.y + from.height / 2 + to.y + to.height / 2) / 2,
  }
}
