/**
 * A full review (review.md §4): where the list that was drawn is read to its end and the evidence does not suffice, it goes on to every
 * record, in the order of the same tickets. Nothing is redrawn, and no verdict is lost.
 */

import { digestOf } from '../../canonical.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import { extendedDraw } from '../../review/draw/draw.ts'
import { parseFrame } from '../../review/draw/frame.ts'
import { smallestIntolerable } from '../../review/model/claim.ts'
import { noEntryWords } from '../../review/plan/known-parts.ts'
import { populationOf, whyListIsFinal } from '../../review/plan/sampling-plan.ts'
import { claimResults, countsAgainst } from '../../review/result/result.ts'
import { type Hand, record, type Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { eventsOfDraw, extensionOf, nameOfSample, sampleExtended } from '../sample/draw-events.ts'
import { changeSinceDraw } from '../sample/since-draw.ts'
import { trapResultOf } from '../sample/trap-list.ts'
import { unjudgedParts } from './unjudged-parts.ts'

/** Puts every record of the frame on the list; refused where that decides nothing. */
export function extendSample(project: Project, hand: Hand): Step {
  const why = whyNotExtended(project)
  if (why !== null) return refuse(why)
  const change = changeSinceDraw(project)
  if (change) return refuse(`The list of records is out of date: ${change}. Run all checks and plan again.`)
  const { frame: text, draw } = project.review
  const read = parseFrame(text ?? '')
  if (!draw || !read.ok) return refuse('The list of all records can not be read: plan again.')
  const document = extendedDraw(read.frame, draw)
  const act = { action: sampleExtended, object: extensionOf(nameOfSample(project)), digest: digestOf(jsonOf(document)) }
  return { ok: true, project: record({ ...project, review: { ...project.review, draw: document } }, [act], hand) }
}

/** Why the list does not go on, in a sentence; null where only every record can decide. */
export function whyNotExtended(project: Pick<Project, 'review' | 'ledger' | 'private' | 'runs'>): string | null {
  const { plan, draw } = project.review
  if (!plan || !draw || plan.stopping !== 'early') return 'Only a review that may stop early goes on to every record.'
  const decisions = decisionsOf(eventsOfDraw(project))
  const results = claimResults(plan, draw.records, decisions, trapResultOf(project))
  const parts = unjudgedParts(project)
  const unjudged = results.flatMap(({ domain }) => (domain !== null && parts.has(domain) ? [domain] : []))
  if (unjudged[0] !== undefined && results.every(({ holds, domain }) => holds || unjudged.includes(domain ?? '')))
    return `No more records would decide it: ${noEntryWords(unjudged[0])}.`
  if (results.every(({ holds }) => holds)) return 'Every claim is proven: no more records are needed.'
  if (draw.records.length === populationOf(plan)) return 'Every record is on the list already.'
  const final = whyListIsFinal(plan)
  if (final !== null) return final
  if (results.some(({ stopping }) => stopping?.decision === 'continue')) return 'Read the list to its end first.'
  for (const claim of plan.claims) {
    const against = draw.records.filter(({ id }) => {
      const decision = decisions.get(id)
      return decision?.state === 'judged' && countsAgainst(claim, decision)
    }).length
    if (against >= smallestIntolerable(populationOf(plan), claim.tolerablePpm))
      return `${against} records count against a claim already, more than it allows among all: reading the others changes nothing. Correct the migration and draw again.`
  }
  return null
}
