/** Whether a defect stands on the chart of both sides, without anything that a comparison says of it. */
import { allergyStateRow, type Chart, type ChartEntry, type ChartRow } from '../../../../src/core/review/model/chart.ts'
import { type Placed, rowsOf, textsOf } from './plant.ts'

const plain = (entry: ChartEntry | null): readonly string[] => textsOf(entry).map(({ label, text }) => `${label}: ${text}`)
const sameTexts = (one: ChartEntry | null, other: ChartEntry | null): boolean => plain(one).join('\n') === plain(other).join('\n')

export function isVisible({ defect, key, other, row }: Placed, charts: ReadonlyMap<string, Chart>): boolean {
  const chart = charts.get(key)
  if (!chart) return false
  const { expected } = defect
  const rows = rowsOf(chart)
  const legacy = rows.find(({ id }) => id === row.id)
  const withTarget = (within: readonly ChartRow[]) =>
    within.find(({ target, id }) => id !== allergyStateRow && target !== null && target.place.id === row.target?.place.id)
  switch (expected.kind) {
    case 'altered': {
      const target = withTarget(rows)
      const isBeside =
        target === legacy || (legacy?.target === null && target?.legacy === null && sameSection(chart, legacy, target))
      const shown = expected.beside.every(
        (column) => legacy?.legacy && textsOf(legacy.legacy).some(({ label }) => label?.includes(column)),
      )
      const titled = shown || expected.beside.every((column) => isTitle(row, legacy, column))
      return isBeside && titled && sameTexts(legacy?.legacy ?? null, row.legacy) && !sameTexts(target?.target ?? null, row.target)
    }
    case 'lost':
      return legacy !== undefined && legacy.target === null && sameTexts(legacy.legacy, row.legacy)
    case 'appeared':
      return rows.filter(({ target }) => sameTexts(target, row.target)).length > 1 && legacy?.target != null
    case 'moved': {
      const alone = withTarget(other === null ? [] : rowsOf(charts.get(other) as Chart))
      return legacy !== undefined && legacy.target === null && alone !== undefined && alone.legacy === null
    }
    case 'alarm':
      return chart.alarms.some(({ kind }) => kind === expected.alarm)
    case 'legacy-text':
      return rows.some(({ legacy: entry, target }) =>
        textsOf(entry).some(({ text }) => text === expected.text && !plain(target).some((one) => one.includes(text))),
      )
  }
}

function sameSection(chart: Chart, one: ChartRow | undefined, other: ChartRow | undefined): boolean {
  return chart.sections.some(({ rows }) => rows.some((row) => row === one) && rows.some((row) => row === other))
}

/** A column whose text is the title of the entry has no label there. */
function isTitle(before: ChartRow, after: ChartRow | undefined, column: string): boolean {
  const labels = (before.legacy?.details ?? []).map(({ label }) => label)
  return !labels.includes(column) && after?.legacy != null && after.legacy.title.text === before.legacy?.title.text
}
