/** Chart audits of several copies as one, and whether those of a project stand: list before seed, the draw made again, every mark named. */
import { digestOf } from '../../canonical.ts'
import { draw, ticketOf } from '../../review/draw/draw.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import {
  auditObject,
  type ChartAudit,
  chartAudits,
  chartStratum,
  framedCharts,
  isMarkNamed,
  markName,
  markObject,
  sortedAudit,
  withChartAudits,
} from './chart-audits.ts'

/** Two states of the file as one: of each month the draw that the ledger names last, with the marks of both sides, the later one of a mark. */
export function joinedAudits(here: Project, other: Project, ledger: readonly LedgerEntry[]): Uint8Array<ArrayBuffer> | null {
  const [mine, theirs] = [chartAudits(here), chartAudits(other)]
  if (!mine || !theirs || theirs.length === 0) return null
  const months = [...new Set([...mine, ...theirs].map(({ month }) => month))]
  const joined = months.flatMap(
    (month) =>
      joinedMonth(
        [...mine, ...theirs].filter((audit) => audit.month === month),
        ledger,
      ) ?? [],
  )
  return withChartAudits(new Map(), joined).get(paths.chartAudits) ?? null
}

function joinedMonth(states: readonly ChartAudit[], ledger: readonly LedgerEntry[]): ChartAudit | null {
  const inOrder = states.toSorted((a, b) => b.marks.length - a.marks.length || (contentOf(a) < contentOf(b) ? -1 : 1))
  const [most] = inOrder
  if (!most) return null
  const entries = ledger.filter(({ object }) => object === auditObject(most.month)).toReversed()
  const named = (content: (audit: ChartAudit) => string): ChartAudit | undefined =>
    entries.flatMap(({ digest }) => inOrder.find((audit) => content(audit) === digest) ?? [])[0]
  // Marks of early versions are named together with their draw: such a state stands as a whole.
  const base = named(contentOf) ?? named((audit) => contentOf({ ...audit, marks: [] })) ?? most
  const drawn = named((audit) => contentOf({ ...audit, marks: [] }))
  const marks = new Map(base.marks.map((mark) => [markName(mark), mark]))
  for (const mark of inOrder.flatMap((audit) => audit.marks)) {
    const held = marks.get(markName(mark))
    const isIn = (drawn ?? base).charts.some(({ id }) => id === mark.chart)
    if (isIn && isMarkNamed(ledger, base.month, mark) && (!held || !isMarkNamed(ledger, base.month, held)))
      marks.set(markName(mark), mark)
  }
  return { ...(drawn ?? base), marks: [...marks.values()] }
}

function contentOf(audit: ChartAudit): string {
  return digestOf(jsonOf(sortedAudit(audit)))
}

/** Files with those audits and marks alone that `isNamed` knows; a state of early versions whole or not at all. */
export function withNamedAudits(files: Project['other'], isNamed: (object: string, digest: string) => boolean): Project['other'] {
  const audits = chartAudits({ other: files })
  if (!files.has(paths.chartAudits) || !audits) return files
  const kept = audits.flatMap((audit): readonly ChartAudit[] => {
    const at = auditObject(audit.month)
    if (isNamed(at, contentOf(audit))) return [audit]
    if (!isNamed(at, contentOf({ ...audit, marks: [] }))) return []
    return [{ ...audit, marks: audit.marks.filter((mark) => isNamed(markObject(audit.month, mark), digestOf(jsonOf(mark)))) }]
  })
  return withChartAudits(files, kept)
}

/** What does not stand in the audits: another content than the ledger names last, a list committed after its seed, charts not drawn so. */
export function chartAuditFault(project: Project): { readonly why: string; readonly object: string | null } | null {
  const audits = chartAudits(project)
  if (!audits) return { why: `${paths.chartAudits} can not be read.`, object: null }
  const last = new Map<string, LedgerEntry>()
  const prefix = `${paths.chartAudits}#`
  for (const entry of project.ledger) if (entry.object.startsWith(prefix)) last.set(entry.object, entry)
  for (const audit of audits) {
    const at = auditObject(audit.month)
    const why = auditFault(audit, last, project.ledger)
    if (why) return { why: `The chart audit of ${audit.month} ${why}`, object: at }
  }
  const held = new Map(audits.map((audit) => [audit.month, audit]))
  for (const at of last.keys()) {
    const [month = '', chart = ''] = at.slice(prefix.length).split('/')
    const audit = held.get(month)
    if (!audit) return { why: `${auditObject(month)} is missing from its file.`, object: at }
    const isDrawn = audit.charts.some(({ id }) => id === chart)
    if (isDrawn && !audit.marks.some((mark) => markObject(month, mark) === at))
      return { why: `A mark of the chart audit of ${month} is missing from its file.`, object: at }
  }
  return null
}

function auditFault(audit: ChartAudit, last: ReadonlyMap<string, LedgerEntry>, ledger: readonly LedgerEntry[]): string | null {
  const at = auditObject(audit.month)
  const entry = last.get(at)
  const bare: ChartAudit = { ...audit, marks: [] }
  const isWhole = entry?.digest === contentOf(audit)
  const isNamed = audit.marks.every((mark) => last.get(markObject(audit.month, mark))?.digest === digestOf(jsonOf(mark)))
  // The state of an early version was named with its marks; the entries of each mark came after it.
  const isBare = entry?.digest === contentOf(bare) || entry?.action === 'chart-marked'
  if (!isWhole && !(isBare && isNamed)) return 'is not what the ledger names: it was changed or added outside.'
  if (audit.seed === null) return null
  const of = (action: string): number => ledger.findLastIndex((each) => each.action === action && each.object === at)
  const unseeded: ChartAudit = { ...bare, seed: null, rolledBy: [], charts: [] }
  if (ledger[of('charts-listed')]?.digest !== contentOf(unseeded) || of('charts-listed') > of('charts-drawn'))
    return 'was not listed before its seed was rolled.'
  const isDrawn = ledger[of('charts-drawn')]?.digest === contentOf(bare) && isDrawnBySeed(audit, audit.seed)
  return isDrawn ? null : 'holds other charts than its seed draws from its list.'
}

/** The draw made again; audits of early versions keep no list, so that only tickets and number can be looked at. */
function isDrawnBySeed({ names, frame, charts, wanted }: ChartAudit, seed: string): boolean {
  if (names) {
    const listed = framedCharts(names)
    if (!listed.ok || listed.digest !== frame) return false
    const again = draw(listed.frame, seed, new Map([[chartStratum, wanted]]))
    return again.ok && digestOf(jsonOf(again.records)) === digestOf(jsonOf(charts))
  }
  const tickets = charts.map(({ ticket }) => ticket)
  const isInOrder = tickets.every((ticket, index) => index === 0 || (tickets[index - 1] ?? '') < ticket)
  const isOwn = charts.every(({ id, stratum, ticket }) => stratum === chartStratum && ticket === ticketOf(seed, stratum, id))
  return charts.length === wanted && isInOrder && isOwn
}
