/** Who acts, on which device and when, and how an act enters the ledger. */

import type { Moment } from '../../review/model/review-event.ts'
import type { Project } from '../format/project.ts'
import { appendEntries } from '../ledger/chain.ts'
import { type EntryDraft, latestMoment, nextMoment } from '../ledger/ledger.ts'

/** Who acts, on which device, and what the clock on the wall says (RFC 3339 with offset). */
export interface Hand {
  readonly device: string
  readonly actor: string
  readonly wall: string
}

export type Step = { readonly ok: true; readonly project: Project } | { readonly ok: false; readonly problem: string }

export type Act = Pick<EntryDraft, 'action' | 'object' | 'digest'>

/** Appends entries to the ledger in this person's name. */
export function record(project: Project, acts: readonly Act[], hand: Hand): Project {
  const times = moments(project, hand, acts.length)
  const drafts = acts.map((act, index) => ({
    device: hand.device,
    time: times[index] ?? { wall: hand.wall, counter: 0 },
    actor: hand.actor,
    ...act,
  }))
  return { ...project, ledger: appendEntries(project.ledger, drafts) }
}

/** The next readings of the clock, one per act: after everything this project knows, whatever the clock on the wall says. */
export function moments(project: Project, hand: Hand, howMany: number): readonly Moment[] {
  const list: Moment[] = []
  let last = latestMoment(project.ledger)
  for (let i = 0; i < howMany; i++) {
    last = nextMoment(last, hand.wall)
    list.push(last)
  }
  return list
}
