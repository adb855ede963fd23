/** V6: the same person is not first and second reader of a record, and nobody decides between readers of whom they are one (trust.md §9). */
import { decisionsOf } from '../../review/decision/decision.ts'
import { compareEvents, type RecordDecision, type RecordEvent } from '../../review/model/review-event.ts'
import { differedBlind } from '../../review/result/double-reading.ts'
import { type Excused, waivedLate } from '../duties/waivers.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { eventsOfDraw } from '../sample/draw-events.ts'

/** What a small team may be unable to keep apart is stated, not failed: who rolled the seed alone, who mapped and read. */
export function checkSeparation(project: Project, entries: readonly LedgerEntry[], place: Place, excused: Excused): Verdict {
  const read = new Map<string, RecordEvent[]>()
  /** Records between whose readers one of them decided. */
  const decided = new Set<string>()
  const places = verdictPlaces(entries)
  const events = eventsOfDraw(project)
  const decisions = decisionsOf(events)
  const owners = new Map(events.map(({ id, by }) => [id, by]))
  // An undo of what somebody else said takes nothing back.
  const undone = new Set(
    events.flatMap((event) => (event.kind === 'undo' && owners.get(event.undoes) === event.by ? [event.undoes] : [])),
  )
  for (const event of events.toSorted(compareEvents)) {
    if (event.kind !== 'record' || undone.has(event.id)) continue
    const earlier = read.get(event.record) ?? []
    const at = places.get(event.id) ?? -1
    const twice = earlier.filter((each) => each.by === event.by && each.reading !== event.reading)
    const decides = (each: RecordEvent): boolean => each.reading === 'adjudication' || event.reading === 'adjudication'
    const own = twice.find((each) => !decides(each) || !excused('S3', at))
    const deciding = [event, ...twice].find(({ reading }) => reading === 'adjudication')
    const agreed = twice.length > 0 && !differedBefore(decisions.get(event.record), deciding)
    if (own || agreed) {
      const late = own && decides(own) && excused('S3', entries.length) ? ` ${waivedLate}` : ''
      const why = !own
        ? `${event.by} decided between readers of a record on which two had not differed before either could know of the other.`
        : decides(own)
          ? `${event.by} decided between readers of a record that ${event.by} had read.${late}`
          : `${event.by} read one record as ${own.reading} and as ${event.reading} reader.`
      return { ok: false, first: at < 0 ? nowhere : place(at), why }
    }
    if (twice.length > 0) decided.add(event.record)
    read.set(event.record, [...earlier, event])
  }
  const readers = [...new Set([...read.values()].flat().map(({ by }) => by))]
  const mapped = new Set(entries.filter(({ action }) => action === 'mapping-confirmed').map(({ actor }) => actor))
  const both = readers.filter((reader) => mapped.has(reader))
  const shared = sharedDevices([...read.values()])
  const alone = project.review.draw !== null && new Set(project.review.draw.rolledBy).size < 2
  const stated = [
    ...(alone ? ['the seed was rolled by one person alone'] : []),
    ...shared.map((pair) => `${pair} read the same records on one device, so nothing but their word tells them apart`),
    ...(both.length > 0 ? [`${both.join(', ')} confirmed the mapping and read records`] : []),
    ...(mapped.has('unnamed') ? ['a mapping was confirmed before anybody said who worked there'] : []),
  ]
  const twice =
    decided.size > 0 ? `, who decided themselves on ${decided.size} where they differ` : ', none of them twice on a record'
  const who = `${readers.length} ${readers.length === 1 ? 'reader' : 'readers'}${twice}`
  return { ok: true, why: stated.length > 0 ? `${who}; ${stated.join('; ')}.` : `${who}.` }
}

/** A waiver of S3 lets a reader decide only where two had differed on their own. */
function differedBefore(decision: RecordDecision | undefined, decided: RecordEvent | undefined): boolean {
  const second = decision?.blind?.[1]
  return decided !== undefined && second !== undefined && differedBlind(decision) && compareEvents(second, decided) < 0
}

/** First place of each verdict in the ledger, by its id. */
export function verdictPlaces(entries: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const prefix = `${paths.verdicts}#`
  const places = new Map<string, number>()
  for (const [index, { object }] of entries.entries()) {
    const id = object.startsWith(prefix) ? object.slice(prefix.length) : null
    if (id !== null && !places.has(id)) places.set(id, index)
  }
  return places
}

/** Pairs of readers of one record whose verdicts come from one device, each pair once. */
function sharedDevices(records: readonly (readonly RecordEvent[])[]): readonly string[] {
  const pairs = new Set<string>()
  for (const events of records)
    for (const one of events)
      for (const other of events)
        if (one.by < other.by && deviceOf(one) === deviceOf(other)) pairs.add(`${one.by} and ${other.by}`)
  return [...pairs].sort()
}

/** Verdicts are numbered by device. */
function deviceOf({ id }: RecordEvent): string {
  return id.replace(/-\d+$/, '')
}
