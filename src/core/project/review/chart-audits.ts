/**
 * Monthly chart audits after go-live: the list of the month's charts is committed before the seed, charts are drawn like any sample is, and
 * what was found in them counts once every drawn chart is marked. `review/chart-audits.json` names charts by keyed hash; the ledger names
 * every step by digest.
 */

import * as v from 'valibot'
import { digestOf, digestOfBytes, sha256Hex, utf8 } from '../../canonical.ts'
import { draw, drawnRecord, isSeed } from '../../review/draw/draw.ts'
import { buildFrame, frameBytes } from '../../review/draw/frame.ts'
import { type Kept, keptIn, object } from '../../values/document.ts'
import { type Hand, record, type Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import type { EntryDraft, LedgerEntry } from '../ledger/ledger.ts'

const chartMark = object({
  /** Keyed hash of the chart. */
  chart: v.string(),
  measure: v.string(),
  met: v.boolean(),
})
export type ChartMark = Kept<typeof chartMark>

const chartAudit = object({
  /** `YYYY-MM`. */
  month: v.string(),
  /** What each chart is judged by: "allergies complete". */
  measures: v.array(v.string()),
  /** N: charts of the month, and the digest of their list, committed before the seed. */
  population: v.number(),
  frame: v.string(),
  /** Keyed hashes of that list, sorted, so that the draw can be made again. Absent in audits of early versions. */
  names: v.exactOptional(v.array(v.string())),
  /** n. */
  wanted: v.number(),
  /** Null until somebody rolled it. */
  seed: v.nullable(v.string()),
  rolledBy: v.array(v.string()),
  /** In ticket order. */
  charts: v.array(drawnRecord),
  marks: v.array(chartMark),
})
export type ChartAudit = Kept<typeof chartAudit>

/** `review/chart-audits.json`. */
export const chartAuditsDocument = v.array(chartAudit)

/** Audits by month; null where the file can not be read as it should be. */
export function chartAudits({ other }: Pick<Project, 'other'>): readonly ChartAudit[] | null {
  const bytes = other.get(paths.chartAudits)
  return bytes ? keptIn(bytes, chartAuditsDocument) : []
}

export const chartStratum = 'charts'
const monthPattern = /^\d{4}-(?:0[1-9]|1[0-2])$/

/** Commits the month's list of charts; `names` are keyed hashes. A month that was drawn stays as it is. */
export function listCharts(
  project: Project,
  month: string,
  names: readonly string[],
  wanted: number,
  measures: readonly string[],
  hand: Hand,
): Step {
  const audits = chartAudits(project)
  if (!audits) return refuse(`${paths.chartAudits} can not be read: restore it from a backup first.`)
  if (!monthPattern.test(month)) return refuse('Write the month as year and month, 2026-08.')
  if (audits.some((each) => each.month === month && each.seed !== null))
    return refuse(`The charts of ${month} are drawn already.`)
  if (measures.length === 0) return refuse('Say what a chart is judged by: one measure at least.')
  const frame = framedCharts(names)
  if (!frame.ok) return refuse(frame.problem)
  if (!Number.isSafeInteger(wanted) || wanted < 1 || wanted > names.length)
    return refuse(`Between 1 and ${names.length} charts can be drawn from this list.`)
  const audit: ChartAudit = {
    month,
    measures: [...new Set(measures)],
    population: names.length,
    frame: frame.digest,
    names: [...names].sort(),
    wanted,
    seed: null,
    rolledBy: [],
    charts: [],
    marks: [],
  }
  return done(project, audits, audit, [stateAct('charts-listed', audit)], hand)
}

/** Draws from the committed list. Another list, or a second draw for the month, is refused. */
export function drawCharts(
  project: Project,
  month: string,
  names: readonly string[],
  seed: string,
  rolledBy: readonly string[],
  hand: Hand,
): Step {
  const audits = chartAudits(project) ?? []
  const audit = audits.find((each) => each.month === month)
  if (!audit) return refuse('Commit the list of charts first: it must be fixed before the seed is known.')
  if (audit.seed !== null) return refuse(`The charts of ${month} are drawn already.`)
  if (!isSeed(seed)) return refuse('The seed must be 20 decimal digits.')
  const frame = framedCharts(names)
  if (!frame.ok) return refuse(frame.problem)
  if (frame.digest !== audit.frame)
    return refuse('This is not the list that was committed. Take that list again, or commit this one.')
  const drawn = draw(frame.frame, seed, new Map([[chartStratum, audit.wanted]]))
  if (!drawn.ok) return refuse(drawn.problem)
  const next = { ...audit, seed, rolledBy, charts: drawn.records }
  return done(project, audits, next, [stateAct('charts-drawn', next)], hand)
}

/** Records what was found in one chart for one measure; the last mark counts, and the ledger keeps every one. */
export function markChart(project: Project, month: string, mark: ChartMark, hand: Hand): Step {
  const audits = chartAudits(project) ?? []
  const audit = audits.find((each) => each.month === month)
  if (!audit?.charts.some(({ id }) => id === mark.chart)) return refuse('This chart was not drawn for that month.')
  if (!audit.measures.includes(mark.measure)) return refuse('This audit has no such measure.')
  const others = audit.marks.filter((each) => markName(each) !== markName(mark))
  // Marks of early versions were named together; from now on each has an entry of its own, so that a merge loses none.
  const unnamed = others.filter((each) => !isMarkNamed(project.ledger, month, each))
  const acts = [...unnamed.map((each) => markAct('chart-mark-kept', month, each)), markAct('chart-marked', month, mark)]
  return done(project, audits, { ...audit, marks: [...others, mark] }, acts, hand)
}

type Act = Pick<EntryDraft, 'action' | 'object' | 'digest'>

function stateAct(action: string, audit: ChartAudit): Act {
  return { action, object: auditObject(audit.month), digest: digestOf(jsonOf(sortedAudit(audit))) }
}

function markAct(action: string, month: string, mark: ChartMark): Act {
  return { action, object: markObject(month, mark), digest: digestOf(jsonOf(mark)) }
}

/** How the ledger names the list and the draw of a month. */
export function auditObject(month: string): string {
  return `${paths.chartAudits}#${month}`
}

/** How it names one mark; the measure is part of the name by its digest. */
export function markObject(month: string, { chart, measure }: Pick<ChartMark, 'chart' | 'measure'>): string {
  return `${auditObject(month)}/${chart}/${sha256Hex(measure).slice(0, 16)}`
}

export function markName({ chart, measure }: Pick<ChartMark, 'chart' | 'measure'>): string {
  return `${chart} ${measure}`
}

/** Whether the entry that names this mark last names it as it is. */
export function isMarkNamed(ledger: readonly LedgerEntry[], month: string, mark: ChartMark): boolean {
  const object = markObject(month, mark)
  return ledger.findLast((entry) => entry.object === object)?.digest === digestOf(jsonOf(mark))
}

function done(project: Project, audits: readonly ChartAudit[], audit: ChartAudit, acts: readonly Act[], hand: Hand): Step {
  if (hand.actor === 'unnamed') return refuse('Say who audits: the ledger names a person.')
  const next = [...audits.filter(({ month }) => month !== audit.month), audit]
  return { ok: true, project: record({ ...project, other: withChartAudits(project.other, next) }, acts, hand) }
}

/** Files of the project with these audits, in the order of their months. */
export function withChartAudits(files: Project['other'], audits: readonly ChartAudit[]): Project['other'] {
  const sorted = audits.map(sortedAudit).sort((a, b) => (a.month < b.month ? -1 : 1))
  return new Map(files).set(paths.chartAudits, utf8(`${JSON.stringify(sorted, null, 2)}\n`))
}

export function sortedAudit(audit: ChartAudit): ChartAudit {
  return { ...audit, marks: audit.marks.toSorted((a, b) => (markName(a) < markName(b) ? -1 : 1)) }
}

/** The list of a month as it is committed. */
export function framedCharts(names: readonly string[]) {
  const built = buildFrame(names.map((name) => [chartStratum, name] as const))
  if (!built.ok) return { ok: false, problem: built.problems[0] ?? 'The list can not be read.' } as const
  return { ok: true, frame: built.frame, digest: digestOfBytes(frameBytes(built.frame)) } as const
}

export interface MeasuredMonth {
  readonly measure: string
  readonly month: string
  readonly met: number
  readonly of: number
}

/** Charts not yet marked for every measure; 0 when the month counts. */
export function marksMissing({ charts, measures, marks }: ChartAudit): number {
  return charts.length * measures.length - marks.length
}

/** Months that count, by measure: every drawn chart is marked. */
export function measuredMonths(audits: readonly ChartAudit[]): readonly MeasuredMonth[] {
  return audits
    .filter((audit) => audit.seed !== null && marksMissing(audit) === 0)
    .flatMap(({ month, measures, marks }) =>
      measures.map((measure) => {
        const own = marks.filter((mark) => mark.measure === measure)
        return { measure, month, met: own.filter(({ met }) => met).length, of: own.length }
      }),
    )
}
