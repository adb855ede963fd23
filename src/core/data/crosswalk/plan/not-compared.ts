/** Lines of the field map that were not compared: the one source of what a reconciliation, a run and the board can not speak of. */
import { compareFindings, type Finding, type SafetyClass, safetyClasses } from '../../../finding.ts'
import { Tally } from '../../../tally.ts'
import { safetyByName } from '../../knowledge/data-dictionary.ts'
import { parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import { domainOf } from './elements.ts'
import { safetyOf } from './safety.ts'

/** An element of the target that no value was held against. */
export interface NotCompared {
  /** `LABOR.EINHEIT`. */
  readonly what: string
  /** `Observation.valueQuantity.unit`, as the line writes it. */
  readonly target: string
  readonly why: string
  readonly safety: SafetyClass
  /** A person confirmed the line, so its comparison is owed; otherwise it waits for a word. */
  readonly isOwed: boolean
}

export const notComparedCode = 'data/not-compared'

/** What treatment depends on: an element of these can not be passed over in silence. */
export const caredFor: ReadonlySet<SafetyClass> = new Set(safetyClasses.slice(0, safetyClasses.indexOf('document')))

/** Null for a line without a target, of which nothing is asked. */
export function notComparedLine(line: FieldLine, why: string): NotCompared | null {
  if (line.target === '') return null
  return {
    what: `${line.source}.${line.fields.join(' + ')}`,
    target: line.target,
    why,
    safety: classOf(line),
    isOwed: line.status === 'confirmed',
  }
}

function classOf({ source, target }: FieldLine): SafetyClass {
  const path = parseElementPath(target)
  if (typeof path === 'string') return safetyByName(source) ?? 'administrative'
  return safetyOf({ domain: domainOf(path.type), type: path.type })
}

/** One finding for each line that was confirmed and could not be followed, or that waits and speaks of what treatment depends on. */
export function notComparedFindings(list: readonly NotCompared[]): readonly Finding[] {
  const classes = new Map<string, SafetyClass>()
  const tally = new Tally()
  for (const { what, target, why, safety, isOwed } of list) {
    if (!isOwed && !caredFor.has(safety)) continue
    const place = `${what} → ${target}`
    classes.set(place, safety)
    const at = { kind: 'artifact', path: 'mapping/fields.csv' } as const
    const evidence = { facts: [{ name: 'why', value: why }] }
    tally.add({ code: notComparedCode, at, evidence }, { place, input: null, inputName: null }, isOwed ? 'error' : 'warning')
  }
  return tally.findings().map((finding) => {
    const safety = classes.get(finding.place)
    return safety === undefined ? finding : { ...finding, safety }
  })
}

/** Findings of the records, and of what was not compared, in the order of all findings. */
export function withNotCompared(
  findings: readonly Finding[],
  list: readonly NotCompared[],
  unmapped: readonly Finding[],
): readonly Finding[] {
  const more = [...notComparedFindings(list), ...unmapped]
  return more.length === 0 ? findings : [...findings, ...more].sort(compareFindings)
}

/** "4 elements were not compared: A, B and 2 more." – before any number, because every number is silent about them. Null where all were. */
export function notComparedSentence(list: readonly NotCompared[]): string | null {
  if (list.length === 0) return null
  const names = [...new Set(list.map(({ what, target }) => target || what))]
  const shown = names.slice(0, 6)
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  return `${names.length} ${names.length === 1 ? 'element was' : 'elements were'} not compared: ${shown.join(', ')}${more}. No number below speaks of ${names.length === 1 ? 'it' : 'them'}.`
}
