/** One stop of the tour over the page that it is about. The card takes the focus at each stop; Escape ends the tour wherever the focus is. */
import { useEffect, useId, useRef } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { Button } from '../../../components/button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { endTour, goToStop, useTour } from '../../../session/tour.ts'
import { navigate } from '../../../window/hash-location.ts'
import { useKeys } from '../../../window/keys.ts'
import { useMovedBottlenecks } from '../board/use-board.ts'
import { type Stop, stopsOf } from './stops.ts'
import styles from './tour.module.css'

export function TourCard() {
  const project = useWorkspace((w) => w.project)
  return project ? <OpenTour project={project} /> : null
}

function OpenTour({ project }: { readonly project: Project }) {
  const moved = useMovedBottlenecks()
  const at = useTour((tour) => tour.at)
  const stops = stopsOf(project, moved)
  const n = Math.min(at ?? 0, stops.length - 1)
  const stop = stops[n]
  return at === null || !stop ? null : <Card key={stop.route} stop={stop} n={n} of={stops.length} />
}

function Card({ stop, n, of }: { readonly stop: Stop; readonly n: number; readonly of: number }) {
  const card = useRef<HTMLElement>(null)
  const [title, text] = [useId(), useId()]
  usePlace(stop, card)
  useKeys('page', { Escape: () => leave(false) })
  const isLast = n === of - 1
  return (
    <section
      ref={card}
      tabIndex={-1}
      className={`float stack no-print ${styles.card}`}
      aria-labelledby={title}
      aria-describedby={text}
      data-tour-card
    >
      <h2 id={title}>
        <span className="caption muted">
          Tour, stop {n + 1} of {of}
          <span className="visually-hidden">: </span>
        </span>
        <span className={styles.title}>{stop.title}</span>
      </h2>
      <p id={text}>{stop.text}</p>
      <div className="row">
        <Button look="primary" onPress={() => (isLast ? leave(true) : goToStop(n + 1, of))}>
          {isLast ? 'Finish' : 'Next'}
        </Button>
        <Button isDisabled={n === 0} onPress={() => goToStop(n - 1, of)}>
          Back
        </Button>
        <Button look="quiet" onPress={() => placeOf(stop)?.focus()}>
          Go to the place
        </Button>
        <Button look="quiet" onPress={() => leave(false)}>
          End tour
        </Button>
      </div>
      <p className="caption muted">Escape ends the tour. It goes on from here later.</p>
    </section>
  )
}

/** The focus goes to the page that is shown, not to nowhere. */
function leave(finished: boolean): void {
  endTour(finished)
  document.getElementById('page-title')?.focus({ preventScroll: true })
}

function found(anchor: string): HTMLElement | null {
  return document.getElementById('content')?.querySelector<HTMLElement>(anchor) ?? null
}

function placeOf({ anchor }: Stop): HTMLElement | null {
  const place = found(anchor) ?? document.getElementById('page-title')
  if (place && place.tabIndex < 0 && !place.hasAttribute('tabindex')) place.tabIndex = -1
  return place
}

/** How long a page may take to show its place; then the heading stands for it. */
const patience = 6000
/** Pages give the focus to their heading, or to what is read there, when they come: the card takes it after that, and once more. */
const settled = 250
const watched = 1200

function mark(place: HTMLElement): void {
  place.setAttribute('data-tour', '')
  place.scrollIntoView({ block: 'center', inline: 'nearest' })
}

/** Goes to the stop, marks its place once it is there, and takes the focus. */
function usePlace(stop: Stop, card: React.RefObject<HTMLElement | null>): void {
  const { route, anchor } = stop
  useEffect(() => {
    navigate(route)
    const begun = performance.now()
    let place: HTMLElement | null = null
    let there = 0
    let hasActed = false
    const act = (): void => {
      hasActed = there > 0
    }
    const look = (): void => {
      const late = performance.now() - begun
      if (place === null) {
        place = found(anchor) ?? (late > patience ? document.getElementById('page-title') : null)
        if (place === null || late < settled) {
          place = null
          return
        }
        there = late
        mark(place)
      } else if (!place.isConnected) {
        // A page that goes on loading draws its place anew.
        const again = found(anchor)
        if (again === null) return
        place = again
        mark(place)
      }
      // Whoever pressed something meanwhile goes where they like.
      if (late - there > watched || hasActed) return
      if (!card.current?.contains(document.activeElement)) card.current?.focus({ preventScroll: true })
    }
    addEventListener('keydown', act, true)
    addEventListener('pointerdown', act, true)
    const timer = setInterval(look, 60)
    return () => {
      clearInterval(timer)
      removeEventListener('keydown', act, true)
      removeEventListener('pointerdown', act, true)
      place?.removeAttribute('data-tour')
    }
  }, [route, anchor, card])
}
