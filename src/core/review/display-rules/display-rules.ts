/** All rules of safe display for one text (docs/reference/display-rules.md): what is marked, with the reason. The text itself is never changed. */
import type { ChartSectionId } from '../model/chart.ts'
import type { DisplayMark } from '../model/display-mark.ts'
import { abbreviationMarks } from './abbreviations.ts'
import { bareNumberMark, decimalMarks } from './numbers.ts'
import { tallManMarks } from './tall-man.ts'

export interface DisplayPlace {
  readonly section: ChartSectionId
  /** True where the text is an amount that no unit stands beside, neither in it nor in another field of its record. */
  readonly isBareAmount?: boolean
}

/** Sections with free text of clinicians: what The Joint Commission forbids is watched there as well. */
const written: ReadonlySet<ChartSectionId> = new Set(['allergies', 'problems', 'visits', 'documents', 'other'])

/** Records say the same things again and again: names of medicines, statuses, units. */
const known = new Map<string, readonly DisplayMark[]>()
const mostKnown = 5000

/** Marks in the order of the text; none overlaps another, the longer one stands. */
export function displayMarks(text: string, { section, isBareAmount = false }: DisplayPlace): readonly DisplayMark[] {
  if (section === 'demographics') return []
  const name = `${section} ${isBareAmount} ${text}`
  const held = known.get(name)
  if (held) return held
  const marks = marksOf(text, { section, isBareAmount })
  if (known.size >= mostKnown) known.clear()
  known.set(name, marks)
  return marks
}

function marksOf(text: string, { section, isBareAmount }: Required<DisplayPlace>): readonly DisplayMark[] {
  const medicines = section === 'medicines'
  const found: DisplayMark[] = []
  const bare = isBareAmount ? bareNumberMark(text) : null
  if (bare) found.push(bare)
  found.push(...decimalMarks(text, medicines))
  if (medicines || written.has(section)) found.push(...abbreviationMarks(text, medicines))
  if (medicines || section === 'allergies') found.push(...tallManMarks(text))
  return withoutOverlaps(found)
}

function withoutOverlaps(marks: readonly DisplayMark[]): readonly DisplayMark[] {
  const kept: DisplayMark[] = []
  for (const mark of marks.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1)
    if (!last || mark.from >= last.to) kept.push(mark)
  }
  return kept
}
