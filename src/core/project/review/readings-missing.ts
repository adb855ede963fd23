/** What a plan asks of readers and nobody has read yet: second readings and decisions between two. */
import { decisionsOf } from '../../review/decision/decision.ts'
import { doubleProgress, doubleReadingOf } from '../../review/result/double-reading.ts'
import { count, recordsAsked, reviewProgress } from '../../review/result/result.ts'
import { isWaived } from '../duties/separation-in-force.ts'
import type { Project } from '../format/project.ts'
import { eventsOfDraw } from '../sample/draw-events.ts'
import { trapResultOf } from '../sample/trap-list.ts'

type Read = Pick<Project, 'review' | 'ledger' | 'manifest' | 'private'>

/** Second readings and decisions between readers that a plan asks for and nobody has given; null when none is missing. */
export function readingsMissing(project: Read): string | null {
  const { review } = project
  const double = doubleReadingOf(review.draw, review.plan)
  if (!double || !review.draw) return null
  const decisions = decisionsOf(eventsOfDraw(project))
  const records = recordsAsked(review.plan, review.draw.records, decisions, trapResultOf(project))
  const { wanted, read, disagreements, adjudicated } = doubleProgress({ ...review.draw, records }, decisions, double)
  if (read < wanted) return `${wanted - read} of ${wanted} records that two readers must read wait for a second reader.`
  const open = disagreements - adjudicated
  const who = isWaived(project, 'S3')
    ? 'one of them where they differed from the start, as S3 was waived, or somebody else'
    : 'somebody who is neither of them'
  return open > 0 ? `Two readers differ on ${open} ${open === 1 ? 'record' : 'records'}: ${who} must decide.` : null
}

/** What makes a review signed now a part of it, in one sentence; null where everything that the plan asks for is read. */
export function unfinishedReading(project: Read): string | null {
  const { plan, draw } = project.review
  if (!draw) return null
  const decisions = decisionsOf(eventsOfDraw(project))
  const { sample, judged } = reviewProgress(recordsAsked(plan, draw.records, decisions, trapResultOf(project)), decisions)
  const open = sample - judged
  if (open === 0) return readingsMissing(project)
  return `${count(open)} of ${count(sample)} records ${open === 1 ? 'has' : 'have'} no verdict yet, and nothing is claimed about ${open === 1 ? 'it' : 'them'}.`
}
