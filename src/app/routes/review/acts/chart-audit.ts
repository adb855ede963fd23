/** Monthly chart audits in this browser: lists, draws, marks; and finished months as evidence of the board. */

import { utf8 } from '../../../../core/canonical.ts'
import { paths } from '../../../../core/project/format/documents.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { saltOf } from '../../../../core/project/format/record-name.ts'
import {
  chartAudits,
  drawCharts,
  listCharts,
  type MeasuredMonth,
  markChart,
  measuredMonths,
} from '../../../../core/project/review/chart-audits.ts'
import { setSalt } from '../../../../core/project/review/review-steps.ts'
import { recordsIn } from '../../../../core/readiness/input-files/csv-records.ts'
import { inputPath } from '../../../../core/readiness/input-files/files.ts'
import { csvText, parseCsvText } from '../../../../core/values/csv-text.ts'
import { isMembers, parseJson } from '../../../../core/values/json.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { newSalt, recordNames } from '../../../session/record-names.ts'
import { openProject, workspace } from '../../../session/state.ts'
import { addInputFile } from '../../readiness/acts/input-files.ts'

/** Commits the list of the month's charts; their numbers wait in the private part until the seed is rolled. */
export function listMonth(month: string, keys: readonly string[], wanted: number, measures: readonly string[]): Promise<Refusal> {
  return act(async (project, hand) => {
    const salted = saltOf(project) === null ? setSalt(project, newSalt(), hand) : project
    const names = await recordNames(saltOf(salted) ?? '', keys)
    const listed = listCharts(salted, month, names, wanted, measures, hand)
    if (!listed.ok) return listed
    const numbers = new Map(chartNumbers(project))
    for (const [index, name] of names.entries()) numbers.set(name, keys[index] ?? '')
    return { ok: true, project: withChartNumbers(listed.project, numbers) }
  })
}

/** Draws from the committed list with a seed that was rolled after it; only the numbers of drawn charts stay. */
export function drawMonth(month: string, seed: string, rolledBy: readonly string[]): Promise<Refusal> {
  return act((project, hand) => {
    const listed = chartAudits(project)?.find((audit) => audit.month === month)?.names ?? []
    const drawn = drawCharts(project, month, listed, seed, rolledBy, hand)
    if (!drawn.ok) return drawn
    const audits = chartAudits(drawn.project) ?? []
    // Another month may still wait for its seed.
    const needed = new Set(
      audits.flatMap(({ charts, names, seed: rolled }) => (rolled === null ? (names ?? []) : charts.map(({ id }) => id))),
    )
    return {
      ok: true,
      project: withChartNumbers(drawn.project, new Map([...chartNumbers(project)].filter(([name]) => needed.has(name)))),
    }
  })
}

function withChartNumbers(project: Project, numbers: ReadonlyMap<string, string>): Project {
  const text = `${JSON.stringify(Object.fromEntries([...numbers].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`
  return { ...project, private: new Map(project.private).set(paths.chartNumbers, utf8(text)) }
}

/** Numbers of drawn charts by keyed hash; empty where the private part is missing. */
export function chartNumbers({ private: hidden }: Pick<Project, 'private'>): ReadonlyMap<string, string> {
  const bytes = hidden.get(paths.chartNumbers)
  const read = bytes ? parseJson(new TextDecoder().decode(bytes)) : null
  if (!read?.ok || !isMembers(read.value)) return new Map()
  return new Map(Object.entries(read.value).flatMap(([name, key]) => (typeof key === 'string' ? [[name, key] as const] : [])))
}

/** Keeps one mark; with the last mark of a month its counts become evidence of the board. */
export async function keepMark(month: string, chart: string, measure: string, met: boolean): Promise<Refusal> {
  const refusal = await act((project, hand) => markChart(project, month, { chart, measure, met }, hand))
  if (refusal !== null) return refusal
  const done = measuredMonths(chartAudits(openProject()) ?? []).filter((each) => each.month === month)
  return done.length === 0 ? null : await addEvidence(done)
}

/** Puts finished months into the file that the board reads, in place of what it said of the same month and measure. */
async function addEvidence(months: readonly MeasuredMonth[]): Promise<Refusal> {
  const held = openProject().other.get(inputPath('quality'))
  const trouble = held ? recordsIn(new TextDecoder().decode(held)).trouble : null
  if (trouble !== null)
    return `The file of monthly quality can not be changed; the audit is kept, the board does not see it. ${trouble}`
  const [head, ...rows] = held ? parseCsvText(new TextDecoder().decode(held)).map(({ cells }) => cells) : [columns]
  const at = new Map((head ?? columns).map((name, index) => [name, index]))
  const [measureAt, monthAt] = [at.get('measure'), at.get('month')]
  if (measureAt === undefined || monthAt === undefined || !columns.every((name) => name === 'owner' || at.has(name)))
    return 'The file of monthly quality lacks columns; the audit is kept, the board does not see it. Mend the file under Readiness, Files.'
  const replaced = new Set(months.map(({ measure, month }) => `${measure}\n${month}`))
  const others = rows.filter((cells) => !replaced.has(`${cells[measureAt] ?? ''}\n${(cells[monthAt] ?? '').slice(0, 7)}`))
  const own = months.map(({ measure, month, met, of }) => {
    const cells = Array.from({ length: at.size }, () => '')
    const values = { measure, month: `${month}-01`, met: String(met), of: String(of), owner: workspace().person?.role ?? '' }
    for (const [name, value] of Object.entries(values)) {
      const index = at.get(name)
      if (index !== undefined) cells[index] = value
    }
    return cells
  })
  return await addInputFile('quality', csvText([head ?? columns, ...others, ...own]))
}

const columns: readonly string[] = ['measure', 'month', 'met', 'of', 'owner']
