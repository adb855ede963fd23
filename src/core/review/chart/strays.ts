/** Entries that lie under another patient, known from the comparison of all patients: one chart alone can not tell. */

import type { ItemPlace } from '../../data/crosswalk/plan/sides.ts'
import { titleOf } from '../../data/reconcile/compare/difference-codes.ts'
import type { Finding } from '../../finding.ts'
import type { Chart, ChartRow, ProgramNote } from '../model/chart.ts'

const code = 'data/wrong-patient'

/** Names of places, by side, of entries that one patient lost and another one got. */
export interface Strays {
  readonly legacy: ReadonlySet<string>
  readonly target: ReadonlySet<string>
}

/** As far as the sample of the findings reaches. */
export function straysIn(findings: readonly Finding[]): Strays {
  const places = { legacy: new Set<string>(), target: new Set<string>() }
  for (const { evidence } of findings.flatMap((finding) => (finding.code === code ? finding.sample : []))) {
    const facts = new Map(evidence.facts.map(({ name, value }) => [name, value]))
    for (const side of ['legacy', 'target'] as const) {
      const [input, byte] = [facts.get(`${side} input`), facts.get(`${side} byte`)]
      if (input !== undefined && byte !== undefined) places[side].add(`${input}:${byte}`)
    }
  }
  return places
}

/** The chart with a note on each row whose entry lies under another patient, or belongs to one. */
export function withStrays(chart: Chart, { legacy, target }: Strays): Chart {
  if (legacy.size === 0) return chart
  const noted = (row: ChartRow): ChartRow => {
    if (row.target === null && row.legacy && legacy.has(nameOf(row.legacy.place)))
      return withNote(row, 'The new system has this entry under another patient.')
    if (row.legacy === null && row.target && target.has(nameOf(row.target.place)))
      return withNote(row, 'This entry belongs to another patient: legacy has it there.')
    return row
  }
  return { ...chart, sections: chart.sections.map((section) => ({ ...section, rows: section.rows.map(noted) })) }
}

function withNote(row: ChartRow, sentence: string): ChartRow {
  const note: ProgramNote = { ...row.note, codes: [code], sentences: [`${titleOf(code)}.`, sentence], severity: 'critical' }
  return { ...row, note }
}

function nameOf({ input, byte }: ItemPlace): string {
  return `${input}:${byte}`
}
