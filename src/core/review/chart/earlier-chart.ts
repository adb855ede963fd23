/** The chart of a record that was paired by a version before charts: what it kept of both sides, field by field. */

import { type Chart, type ChartEntry, type ChartSectionId, type ChartText, chartSections } from '../model/chart.ts'
import type { Domain, PairField, PairItem, RecordPair } from '../model/pair-types.ts'

const sectionOf: Readonly<Record<Domain, ChartSectionId>> = {
  allergies: 'allergies',
  problems: 'problems',
  medicines: 'medicines',
  immunisations: 'immunisations',
  results: 'results',
  notes: 'documents',
  demographics: 'demographics',
  other: 'other',
}

/** The same pair with a chart; one that has a chart stays as it is. */
export function withChart(pair: Omit<RecordPair, 'chart'> & { readonly chart?: Chart }): RecordPair {
  return pair.chart ? { ...pair, chart: pair.chart } : { ...pair, chart: chartOfPair(pair) }
}

function chartOfPair({ key, heading, missing, domains, differences }: Omit<RecordPair, 'chart'>): Chart {
  const person = { ...heading, number: key }
  const sections = chartSections.flatMap((id) => {
    const items = domains.flatMap((each) => (sectionOf[each.domain] === id ? each.items : []))
    return id === 'other' && items.length === 0 ? [] : [{ id, rows: items.map(rowOf) }]
  })
  return {
    key,
    heading: {
      legacy: missing === 'legacy' || missing === 'both' ? null : person,
      target: missing === 'target' || missing === 'both' ? null : person,
    },
    missing,
    alarms:
      missing === null
        ? []
        : [
            {
              kind: `missing-${missing}`,
              words: 'One side has no such patient.',
              rows: domains.flatMap((one) => one.items.map(({ id }) => id)),
            },
          ],
    sections,
    differences,
  }
}

function rowOf(item: PairItem): Chart['sections'][number]['rows'][number] {
  return {
    id: item.id,
    legacy: entryOf(item, 'legacy'),
    target: entryOf(item, 'target'),
    note: {
      cls: item.cls,
      codes: item.codes,
      sentences: item.fields.flatMap(({ words, cls }) => (words === null || cls === 'same' ? [] : [words])),
      severity: item.critical ? 'critical' : null,
    },
    cause: null,
  }
}

function entryOf(item: PairItem, side: 'legacy' | 'target'): ChartEntry | null {
  const place = item[side]
  if (place === null) return null
  const title: ChartText = { label: null, text: item.title, reading: null, marks: [] }
  return { title, details: item.fields.flatMap((field) => textOf(field, side)), unmapped: [], place }
}

function textOf(field: PairField, side: 'legacy' | 'target'): readonly ChartText[] {
  const text = field[side]
  if (text === null) return []
  return [{ label: field.label, text, reading: side === 'legacy' ? field.carried : null, marks: [] }]
}
