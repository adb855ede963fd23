/** What a reader has said so far, newest first: one line per press, with filters. */
import { type ChartSectionId, chartSections, outsideMapping } from '../model/chart.ts'
import type { DifferenceEvent, RecordEvent, ReviewEvent, Verdict } from '../model/review-event.ts'
import { sectionOfDomain } from '../model/section-of-domain.ts'
import { liveEvents } from './decision.ts'

export interface OwnVerdict {
  /** The event itself; of rows judged as one cause the first. */
  readonly event: DifferenceEvent | RecordEvent
  readonly record: string
  /** Null for the verdict that closed a record. */
  readonly section: ChartSectionId | null
  readonly verdict: Verdict
  /** Rows that it speaks about: more than one where they have one cause; none where it closed a record. */
  readonly rows: readonly string[]
  /** Digest of the comment in `private/`, or null. */
  readonly comment: string | null
}

export interface OwnFilter {
  readonly verdict?: Verdict
  readonly section?: ChartSectionId
  readonly commented?: boolean
}

/** What stands of it: a row that was judged again, or apart from its cause, counts as it was judged last. */
export function ownVerdicts(events: readonly ReviewEvent[], by: string, filter: OwnFilter = {}): readonly OwnVerdict[] {
  const last = new Map<string, DifferenceEvent | RecordEvent>()
  for (const event of liveEvents(events)) {
    if (event.by !== by) continue
    if (event.kind === 'difference') renew(last, `${event.record}\n${event.item}`, event)
    if (event.kind === 'record') renew(last, `${event.record}\n`, event)
  }
  const lines = new Map<string, OwnVerdict>()
  for (const event of last.values()) {
    const press = event.kind === 'difference' && event.cause !== undefined ? `${event.cause}\n${event.verdict}` : event.id
    const name = `${event.record}\n${press}`
    const held = lines.get(name)
    const rows = event.kind === 'difference' ? [event.item] : []
    lines.set(
      name,
      held ? { ...held, rows: [...held.rows, ...rows], comment: held.comment ?? commentOf(event) } : lineOf(event, rows),
    )
  }
  return [...lines.values()].filter((line) => fits(line, filter)).reverse()
}

/** The same without what closed a record: that says nothing that its verdicts do not say. One line, and one in every count, for each press. */
export function verdictsOnEntries(events: readonly ReviewEvent[], by: string): readonly OwnVerdict[] {
  return ownVerdicts(events, by).filter(({ section }) => section !== null)
}

/** Put at the end: the order is that of what was said last. */
function renew<T>(into: Map<string, T>, name: string, value: T): void {
  into.delete(name)
  into.set(name, value)
}

function lineOf(event: DifferenceEvent | RecordEvent, rows: readonly string[]): OwnVerdict {
  const section = event.kind === 'difference' ? sectionOf(event) : null
  return { event, record: event.record, section, verdict: event.verdict, rows, comment: commentOf(event) }
}

export function commentOf(event: DifferenceEvent | RecordEvent): string | null {
  return event.comment ?? null
}

/** Where an entry stands on a chart: what no line of the mapping reads says it by its name, all else by its domain. */
function sectionOf({ item, domain }: Pick<DifferenceEvent, 'item' | 'domain'>): ChartSectionId {
  const named = item.startsWith(outsideMapping) ? item.slice(outsideMapping.length) : null
  if (named !== null) return chartSections.find((section) => section === named) ?? 'other'
  return sectionOfDomain(domain)
}

function fits({ verdict, section, comment }: OwnVerdict, filter: OwnFilter): boolean {
  return (
    (filter.verdict === undefined || filter.verdict === verdict) &&
    (filter.section === undefined || filter.section === section) &&
    (filter.commented === undefined || filter.commented === (comment !== null))
  )
}

/** Comments behind a finding of the worklist: on the verdicts it rests on, and of the same readers on the whole record. Oldest first, each once. */
export function commentsBehind(
  { record, verdicts }: { readonly record: string; readonly verdicts: readonly string[] },
  events: readonly ReviewEvent[],
): readonly string[] {
  const said = new Set(verdicts)
  const about = liveEvents(events).filter((event) => event.record === record)
  const readers = new Set(about.flatMap((event) => (said.has(event.id) ? [event.by] : [])))
  const digests = about.flatMap((event) => {
    if (event.kind === 'difference') return said.has(event.id) ? (commentOf(event) ?? []) : []
    return event.kind === 'record' && readers.has(event.by) ? (commentOf(event) ?? []) : []
  })
  return [...new Set(digests)]
}
