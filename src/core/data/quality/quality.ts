/** Quality by field: what the checks of cells counted, with keys, rules and dates added, and said as partial where reading stopped. */
import type { Finding, NotEvaluated } from '../../finding.ts'
import { checks } from '../checks/index.ts'
import type { GroupProfile } from '../model/field-profile.ts'
import type { Measure } from '../model/measure.ts'
import type { FieldQuality, InputReport } from '../model/validation.ts'
import { cellMeasureOf, measureOf, notRun, type QualityWord, strictest } from './measure.ts'

const byCode = new Map(checks.map((check) => [check.code, check]))

export interface QualityInput {
  readonly inputs: readonly InputReport[]
  /** Of the cells of each column, by the judge of its table. */
  readonly cells: readonly FieldQuality[]
  readonly findings: readonly Finding[]
  /** How many values each check saw at each place. */
  readonly tested: readonly {
    readonly code: string
    readonly input: number | null
    readonly place: string
    readonly of: number
  }[]
  readonly groups: readonly { readonly input: number; readonly field: string; readonly groups: readonly GroupProfile[] }[]
  readonly timeliness: readonly { readonly input: number; readonly field: string; readonly measure: Measure }[]
}

/** One entry per column, in the order of inputs and columns; `notEvaluated` names what was measured nowhere. */
export function qualityOf(given: QualityInput): { readonly quality: FieldQuality[]; readonly notEvaluated: NotEvaluated[] } {
  const others = otherTests(given)
  const quality = given.cells.map((cells) => {
    const isPartial = given.inputs[cells.input]?.status !== 'read'
    const extra = others.get(placeName(cells.input, cells.field)) ?? []
    const groups = given.groups.find(({ input, field }) => input === cells.input && field === cells.field)?.groups ?? []
    const late = given.timeliness.find(({ input, field }) => input === cells.input && field === cells.field)
    return {
      ...cells,
      completeness: again(cells.completeness, [], isPartial),
      consistency: again(
        cells.consistency,
        extra.filter(({ word }) => word === 'consistency'),
        isPartial,
      ),
      plausibility: again(
        cells.plausibility,
        extra.filter(({ word }) => word === 'plausibility'),
        isPartial,
      ),
      accuracy: notRun,
      timeliness: late ? again(late.measure, [], isPartial) : notRun,
      ...(groups.length > 0 ? { by: groups } : {}),
    }
  })
  quality.sort((a, b) => a.input - b.input)
  return { quality, notEvaluated: notMeasured(quality) }
}

interface OtherTest {
  readonly word: QualityWord
  readonly n: number
  readonly of: number
  readonly threshold: number
}

/** Keys, records and columns: checks that no cell alone can fail. Those of cells are counted cell by cell already. */
function otherTests({ findings, tested }: QualityInput): Map<string, OtherTest[]> {
  const failed = new Map<string, number>()
  for (const { code, input, place, count } of findings) {
    const name = `${code}\n${placeName(input ?? -1, place)}`
    failed.set(name, (failed.get(name) ?? 0) + count)
  }
  const list = new Map<string, OtherTest[]>()
  for (const { code, input, place, of } of tested) {
    const check = byCode.get(code)
    const word = check && cellMeasureOf(check)
    if (
      !check ||
      !word ||
      input === null ||
      of === 0 ||
      check.scope === 'cell' ||
      check.scope === 'reading' ||
      check.scope === 'column'
    )
      continue
    const at = placeName(input, place)
    const n = Math.max(0, of - (failed.get(`${code}\n${at}`) ?? 0))
    list.set(at, [...(list.get(at) ?? []), { word, n, of, threshold: strictest([code]) }])
  }
  return list
}

function placeName(input: number, place: string): string {
  return `${input}\n${place}`
}

function again(measure: Partial<Measure> | undefined, more: readonly OtherTest[], isPartial: boolean): Measure {
  const thresholds = [...(measure?.of ? [measure.threshold ?? 0] : []), ...more.map(({ threshold }) => threshold)]
  return measureOf(
    more.reduce((sum, { n }) => sum + n, measure?.n ?? 0),
    more.reduce((sum, { of }) => sum + of, measure?.of ?? 0),
    { threshold: thresholds.length === 0 ? 0 : Math.min(...thresholds), notApplicable: measure?.notApplicable ?? 0, isPartial },
  )
}

const inapplicable = [
  ['completeness', 'the table has no records.'],
  ['consistency', 'no type, format, list or key is declared there, or no cell is filled.'],
  ['plausibility', 'no range or rule is declared there, or no cell is filled.'],
] as const

/** A measure with nothing to measure is no pass, so it is named: once per measure, the columns are in `quality`. */
function notMeasured(quality: readonly FieldQuality[]): NotEvaluated[] {
  if (quality.length === 0) return []
  const list: NotEvaluated[] = []
  for (const [word, why] of inapplicable) {
    const without = quality.filter((field) => (field[word]?.of ?? 0) === 0).length
    if (without > 0)
      list.push({ what: `${capital(word)} of ${without} of ${quality.length} columns`, why: `Not applicable: ${why}` })
  }
  list.push({
    what: 'Accuracy',
    why: 'Not run: it needs a reference, such as the other side, control data or the verdict of a clinician.',
  })
  if (quality.every(({ timeliness }) => timeliness?.status === 'not-run'))
    list.push({
      what: 'Timeliness',
      why: 'Not run: no schema names the columns for when things happened and when they were recorded.',
    })
  return list
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
