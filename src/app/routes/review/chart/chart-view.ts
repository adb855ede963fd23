/** One chart as its reader sees it: sections with their state, rows that share a verdict as one block, and what may already be told. */
import { cellElsewhere, rowElsewhere, type SaidElsewhere } from '../../../../core/review/chart/said-elsewhere.ts'
import { worstVerdict } from '../../../../core/review/decision/decision.ts'
import { mixedDateOrders } from '../../../../core/review/display-rules/date-order.ts'
import {
  type Chart,
  type ChartRow,
  type ChartSection,
  type ChartSectionId,
  outsideMapping,
  type ProgramNote,
} from '../../../../core/review/model/chart.ts'
import type { Domain, PairItem, RecordPair } from '../../../../core/review/model/pair-types.ts'
import type { Verdict } from '../../../../core/review/model/review-event.ts'
import { shownIn } from '../../../../core/review/result/attention.ts'
import { differingPaths } from '../../../../core/review/result/worklist.ts'
import type { SectionDone } from '../acts/reading.ts'
import type { ChartView, OutsideText, Reader, RowView, Said, SectionState, SectionView } from './chart-rows.ts'
import { blocksOf, sharedRows } from './shared-verdicts.ts'

export const sectionWords: Readonly<Record<ChartSectionId, string>> = {
  allergies: 'Allergies',
  problems: 'Problems',
  medicines: 'Medicines',
  results: 'Results',
  immunisations: 'Immunisations',
  visits: 'Visits',
  documents: 'Documents',
  demographics: 'Demographics',
  other: 'Other',
}

/** For what takes no part in the comparison; every other entry has its own domain. */
const sectionDomains: Readonly<Record<ChartSectionId, Domain>> = {
  allergies: 'allergies',
  problems: 'problems',
  medicines: 'medicines',
  results: 'results',
  immunisations: 'immunisations',
  visits: 'other',
  documents: 'notes',
  demographics: 'demographics',
  other: 'other',
}

export const stateWords: Readonly<Record<SectionState, string>> = {
  judged: 'judged',
  confirmed: 'confirmed',
  'too-quick': 'too quick',
  reading: 'reading',
  'not-read': 'not read',
  empty: 'no entry',
}

export function chartView(pair: Pick<RecordPair, 'chart' | 'domains'>, said: Said, reader: Reader): ChartView {
  const { chart } = pair
  const items = new Map(pair.domains.flatMap((each) => each.items).map((item) => [item.id, item]))
  const alarmed = new Set(chart.alarms.flatMap(({ rows }) => rows))
  const whole = chart.missing === null ? null : wholeRow(chart)
  const parts = chart.sections.map((section) => ({
    section,
    rows: rowsOf(section, chart, items, reader, whole === null ? alarmed : null),
  }))
  const rows = parts.flatMap((part) => part.rows)
  const shared = sharedRows(rows, said.verdicts, reader)
  const sections = parts.map(({ section, rows: own }): SectionView => {
    const done = said.sections.get(section.id) ?? null
    const worst = worstVerdict(own.flatMap(({ item }) => said.verdicts.get(item)?.verdict ?? []))
    return {
      id: section.id,
      label: sectionWords[section.id],
      state: whole ? 'empty' : stateOf(section.id, own, done, worst, reader.reading),
      rows: own,
      blocks: blocksOf(own, said.verdicts, shared, reader.blind && done === null),
      worst,
      done,
      shown: shownIn(section),
      known: chart.known?.legacy.includes(section.id) === true && chart.known.target.includes(section.id),
      waiting: own.filter(({ item, asksVerdict }) => asksVerdict && !said.verdicts.has(item)),
    }
  })
  const toRead = sections.filter(({ state }) => state !== 'empty')
  const strange = new Set(chart.alarms.flatMap(({ kind, rows: about }) => (kind === 'wrong-patient' ? about : [])))
  const first = whole ?? rows.find(({ item }) => strange.has(item)) ?? null
  return {
    chart,
    first,
    sections,
    rows: whole ? [whole, ...rows.filter(({ item }) => item !== whole.item)] : rows,
    toRead: toRead.length,
    read: toRead.filter(({ done }) => done !== null).length,
    tooQuick: toRead.filter(({ done }) => done?.tooQuick).length,
  }
}

/** A patient that one side does not have is one thing to judge, whatever the chart of the other side holds. */
function wholeRow({ missing, alarms, sections }: Chart): RowView {
  const side = missing === 'target' ? 'legacy' : 'target'
  const own = sections.find(({ id }) => id === 'demographics')?.rows.find((row) => row[side] !== null) ?? null
  const entry = own?.[side] ?? null
  return {
    item: own?.id ?? 'record',
    section: 'demographics',
    domain: 'demographics',
    cls: missing === 'legacy' ? 'appeared' : 'lost',
    title: 'The whole record',
    legacy: side === 'legacy' ? entry : null,
    target: side === 'target' ? entry : null,
    outside: [],
    unmapped: null,
    note: { cls: 'lost', codes: [], sentences: alarms.map(({ words }) => words), severity: 'critical' },
    fields: [],
    cause: own?.cause ?? null,
    asksVerdict: true,
  }
}

function stateOf(
  id: ChartSectionId,
  rows: readonly RowView[],
  done: SectionDone | null,
  worst: Verdict | null,
  reading: ChartSectionId | null,
): SectionState {
  if (rows.length === 0) return 'empty'
  if (done) return done.tooQuick ? 'too-quick' : worst === null ? 'confirmed' : 'judged'
  return id === reading ? 'reading' : 'not-read'
}

function rowsOf(
  section: ChartSection,
  chart: Chart,
  items: ReadonlyMap<string, PairItem>,
  { blind, asked }: Reader,
  /** Null where one verdict on the whole record stands for its rows. */
  alarmed: ReadonlySet<string> | null,
): readonly RowView[] {
  const usual = sectionDomains[section.id]
  const rows = section.rows.map((row): RowView => {
    const { note, cause, legacy, target } = row
    const compared = items.get(row.id)
    return {
      item: row.id,
      section: section.id,
      domain: items.get(row.id)?.domain ?? usual,
      cls: note.cls,
      title: titleOf(row),
      legacy,
      target,
      outside: [],
      unmapped: isOutside(row) ? { shown: [rowElsewhere(chart, row)].filter((one) => one !== null) } : null,
      note,
      fields: compared ? differingPaths(compared) : [],
      cause,
      // What nobody hides from a reader is judged one by one: alarms, what no line takes, and where notes are open every difference.
      asksVerdict:
        asked.has(row.id) || (alarmed !== null && (alarmed.has(row.id) || isOutside(row) || (!blind && isDifferent(note)))),
    }
  })
  const outside = outsideTexts(section.rows, chart)
  return outside.length === 0 ? rows : [...rows, { ...outsideRow(section.id, usual, outside), asksVerdict: alarmed !== null }]
}

/** A legacy row that nothing was made of, and that no rule leaves behind on purpose. */
function isOutside({ legacy, target, note }: ChartRow): boolean {
  return note.cls === 'not-compared' && target === null && legacy?.details.length === 0
}

export function isDifferent({ cls }: Pick<ProgramNote, 'cls'>): boolean {
  return cls !== 'same' && cls !== 'same-after-rule' && cls !== 'not-compared'
}

/** Columns of compared rows that no line reads; those of rows outside the mapping are their own details. */
function outsideTexts(rows: readonly ChartRow[], chart: Chart): readonly OutsideText[] {
  const compared = rows.filter((row) => !isOutside(row) && row.legacy !== null)
  return compared.flatMap((row) =>
    (row.legacy?.unmapped ?? []).map((text) => ({
      of: compared.length > 1 ? (row.legacy?.title.text ?? null) : null,
      text,
      shown: cellElsewhere(chart, row, text),
    })),
  )
}

function outsideRow(id: ChartSectionId, domain: Domain, outside: readonly OutsideText[]): Omit<RowView, 'asksVerdict'> {
  const labels = [...new Set(outside.map(({ text }) => text.label ?? ''))]
  return {
    item: `${outsideMapping}${id}`,
    section: id,
    domain,
    cls: 'lost',
    title: labels.length === 1 ? `the column ${labels[0]}, outside the mapping` : `${labels.length} columns outside the mapping`,
    legacy: null,
    target: null,
    outside,
    unmapped: { shown: outside.flatMap(({ shown }) => shown ?? []) },
    note: {
      cls: 'lost',
      codes: [],
      sentences: [labels.length === 1 ? `No rule names ${labels[0]}.` : `No rule names ${labels.join(', ')}.`],
      severity: null,
    },
    fields: [],
    cause: null,
  }
}

/** “DR023” under Requester of Physiotherapy. Sensitive. */
export function shownWords({ section, title, label, text }: SaidElsewhere): string {
  return label === null
    ? `“${text}” in ${sectionWords[section]}`
    : `“${text}” under ${label} of ${title}, in ${sectionWords[section]}`
}

function titleOf({ legacy, target }: ChartRow): string {
  return legacy?.title.text ?? target?.title.text ?? 'This entry'
}

/** Of a section without rows: what nobody told is not denied. */
export function emptyWords(known: boolean): string {
  return known ? 'Nothing written in either system' : 'Not known: no table of this kind was told and read on both sides'
}

/** "Program, shown now: 2 same, 1 different". */
export function programWords(rows: readonly RowView[]): string {
  const count = (test: (row: RowView) => boolean): number => rows.filter(test).length
  const parts = [
    [count(({ cls }) => cls === 'same' || cls === 'same-after-rule'), 'same'],
    [count(({ note }) => isDifferent(note)), 'different'],
    [count(({ cls }) => cls === 'not-compared'), 'not compared'],
  ] as const
  return parts.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(', ')
}

/** The first section that waits for this reader, from the one after `from` on and round. */
export function nextSection(view: ChartView, from: ChartSectionId | null): SectionView | null {
  const at = view.sections.findIndex(({ id }) => id === from)
  const order = [...view.sections.slice(at + 1), ...view.sections.slice(0, at + 1)]
  return order.find(({ state, done }) => state !== 'empty' && done === null) ?? null
}

/** "7 of 7 sections read, 2 of them too quickly". */
export function readWords({ read, toRead, tooQuick }: Pick<ChartView, 'read' | 'toRead' | 'tooQuick'>): string {
  return `${read} of ${toRead} sections read${tooQuick > 0 ? `, ${tooQuick} of them too quickly` : ''}`
}

/** What Space waits for: the row that needs a verdict, and the keys that give one. */
export function heldWords(row: Pick<RowView, 'title' | 'section'> | null): string | null {
  return row && `Space goes on when “${row.title}” (${sectionWords[row.section]}) has a verdict: press 1, 2, 3 or 4.`
}

/** What the section in hand still asks of its reader, with the row to go to; null where it can be confirmed. */
export function leftIn(
  { label, rows, waiting }: Pick<SectionView, 'label' | 'rows' | 'waiting'>,
  seen: ReadonlySet<string>,
): { readonly words: string; readonly item: string } | null {
  const unseen = rows.filter(({ item }) => !seen.has(item))
  const [first] = unseen.length > 0 ? unseen : waiting
  if (!first) return null
  const words = unseen.length > 0 ? `${unseen.length} more to see` : `${waiting.length} to judge`
  return { words: `${label}: ${words}`, item: first.item }
}

/** One sentence for each system that writes the days of this chart in two orders: 03/04/2025 is then two days. */
export function dateOrderWords(chart: Chart, names: { readonly legacy: string; readonly target: string }): readonly string[] {
  const sectionsOf = (ids: readonly ChartSectionId[]): string => ids.map((id) => sectionWords[id]).join(', ')
  return (['legacy', 'target'] as const).flatMap((side) => {
    const mixed = mixedDateOrders(chart, side)
    if (!mixed) return []
    const { dayFirst, monthFirst, open } = mixed
    const rest = open === 0 ? '' : ` ${open === 1 ? '1 day' : `${open} days`} can be read both ways.`
    return [
      `${names[side]} writes days in two orders here: day first in ${sectionsOf(dayFirst)}, month first in ${sectionsOf(monthFirst)}.${rest}`,
    ]
  })
}

/** What keeps the record open, in one sentence; null where it may be left. */
export function missingWords(view: ChartView, said: ReadonlyMap<string, unknown>): string | null {
  if (view.first && !said.has(view.first.item)) return `${view.first.title}: judge this first.`
  const open = view.sections.filter(({ state, done }) => state !== 'empty' && done === null)
  const [first] = open
  if (!first) return null
  const waiting = first.waiting.length
  if (waiting > 0) {
    const more =
      open.length > 1 ? `, and ${open.length - 1} more ${open.length === 2 ? 'section is' : 'sections are'} not read` : ''
    return `${first.label}: ${waiting} ${waiting === 1 ? 'entry has' : 'entries have'} no verdict${more}.`
  }
  const labels = open.map(({ label }) => label)
  return labels.length === 1
    ? `${labels[0]} is not confirmed.`
    : `${labels.length} sections are not confirmed, ${labels[0]} first.`
}
