/**
 * Where the other system shows the words of something that no rule of the mapping carries: a load may write more than its mapping says, and a
 * chart must not deny what stands on it. Only texts are compared, so that nothing of what the program thinks of an entry is told.
 */
import type { Chart, ChartEntry, ChartRow, ChartSectionId, ChartText } from '../model/chart.ts'

/** One text of the migrated chart with the same words. */
export interface SaidElsewhere {
  readonly section: ChartSectionId
  /** Of the entry that holds it; sensitive. */
  readonly title: string
  /** Of the element; null for the title of the entry. */
  readonly label: string | null
  /** As the migrated chart writes it; sensitive. */
  readonly text: string
}

/** Characters of a word that is looked for in the entry beside it, and in the whole chart: short ones stand everywhere. */
const leastBeside = 3
const leastAnywhere = 5

/** A column of a row with its migrated entry: in that entry first, then anywhere on the chart. */
export function cellElsewhere(chart: Pick<Chart, 'sections'>, row: ChartRow, text: ChartText): SaidElsewhere | null {
  const words = wordsOf(text.text)
  const section = chart.sections.find(({ rows }) => rows.some(({ id }) => id === row.id))?.id ?? 'other'
  const beside = row.target && lengthOf(words) >= leastBeside ? textWith(row.target, words, section) : null
  if (beside !== null || lengthOf(words) < leastAnywhere) return beside
  return textsOfTarget(chart, (entry, id) => textWith(entry, words, id))[0] ?? null
}

/** A row that nothing was made of: where its title stands, or else where two of its cells stand in one migrated entry. */
export function rowElsewhere(chart: Pick<Chart, 'sections'>, { legacy }: Pick<ChartRow, 'legacy'>): SaidElsewhere | null {
  if (!legacy) return null
  const title = wordsOf(legacy.title.text)
  if (lengthOf(title) >= leastAnywhere) {
    const [found] = textsOfTarget(chart, (entry, id) => textWith(entry, title, id))
    if (found) return found
  }
  const cells = [legacy.title, ...legacy.details, ...legacy.unmapped]
    .map(({ text }) => wordsOf(text))
    .filter((words) => lengthOf(words) >= leastBeside)
  const [several] = textsOfTarget(chart, (entry, id) => {
    const found = cells.flatMap((words) => textWith(entry, words, id) ?? [])
    return new Set(found.map(({ label, text }) => `${label}\n${text}`)).size >= 2 ? (found[0] ?? null) : null
  })
  return several ?? null
}

function textsOfTarget(
  { sections }: Pick<Chart, 'sections'>,
  find: (entry: ChartEntry, section: ChartSectionId) => SaidElsewhere | null,
): readonly SaidElsewhere[] {
  return sections.flatMap(({ id, rows }) => rows.flatMap(({ target }) => (target ? (find(target, id) ?? []) : [])))
}

function textWith(entry: ChartEntry, words: Words, section: ChartSectionId): SaidElsewhere | null {
  const found = [entry.title, ...entry.details, ...entry.unmapped].find(({ text }) => holds(wordsOf(text), words))
  return found ? { section, title: entry.title.text, label: found.label, text: found.text } : null
}

/** The words of a text in small letters. A date has every day that its order of day and month allows. */
interface Words {
  readonly plain: readonly string[]
  readonly days: readonly (readonly string[])[]
}

const dayPattern = /\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./-](\d{1,2})[./-](\d{4}))/g

function wordsOf(text: string): Words {
  const days: (readonly string[])[] = []
  const rest = text.replace(dayPattern, (_, year, month, day, first, second, last) => {
    const two = (part: string): string => part.padStart(2, '0')
    if (year !== undefined) days.push([`${year}-${month}-${day}`])
    else days.push([`${last}-${two(first)}-${two(second)}`, `${last}-${two(second)}-${two(first)}`])
    return ' '
  })
  const folded = rest.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return { plain: folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''), days }
}

function lengthOf({ plain, days }: Words): number {
  return plain.join('').length + days.length * 8
}

/** Whether every word and day stands in the other text. */
function holds(text: Words, { plain, days }: Words): boolean {
  if (plain.length + days.length === 0) return false
  const own = new Set(text.plain)
  const ownDays = new Set(text.days.flat())
  return plain.every((word) => own.has(word)) && days.every((day) => day.some((one) => ownDays.has(one)))
}
