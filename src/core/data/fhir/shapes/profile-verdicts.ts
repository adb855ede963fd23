/**
 * What profiles said of a line: the same again for every line of the same names, lists and known values, because a profile that looks
 * at any other value is left to the tree.
 */
import type { TypeUse } from '../../schema/structure-definition.ts'
import type { ProfileJudge } from '../profiles/profile-judge.ts'
import type { ProfileNode, ProfileTree } from '../profiles/profile-tree.ts'
import type { Counter } from '../visit/coverage.ts'
import type { MetReference } from '../visit/visit.ts'
import { dependenceOf } from './settled-names.ts'
import { isLoose, type Known, Shape } from './shape.ts'

/** Profiles of the base specification, vital signs among them; those of packages are left to the tree. */
const ofTheBase = 'http://hl7.org/fhir/StructureDefinition/'

/** Keys of all verdicts, about 100 bytes each. */
const mostKeys = 100_000

export interface Verdict {
  /** What profiles count that can not be followed here. */
  readonly counters: readonly Counter[]
  /** References that a profile narrows, by the number of the reference in the line. */
  readonly narrowed: readonly { readonly of: number; readonly use: TypeUse; readonly by: MetReference['narrowed'] }[]
}

/** What tells lines apart, in order. */
export interface Keyed {
  readonly profiles: readonly string[]
  /** Values that name the profiles. */
  readonly naming: readonly Known[]
  readonly keys: { readonly count: number; at(index: number): unknown }
}

interface Step {
  readonly next: Map<unknown, Step>
  verdict: Verdict | null
}

export const noVerdict: Verdict = { counters: [], narrowed: [] }

export class ProfileVerdicts {
  private readonly first: Step = { next: new Map(), verdict: null }
  private steps = 0
  private readonly judge: ProfileJudge
  /** By profile: null where it is not loaded. */
  private readonly looks = new Map<string, Looks | null>()

  constructor(judge: ProfileJudge) {
    this.judge = judge
  }

  /** False where only the tree can tell. */
  canBeKnown({ profiles, keys }: Keyed): boolean {
    const loaded = profiles.filter((url) => this.looksOf(url) !== null)
    const looks = loaded.flatMap((url) => this.looksOf(url) ?? [])
    if (looks.length === 0) return true
    // A profile of a package may look anywhere: at what a reference leads to, at a contained resource, at any value.
    if (!loaded.every((url) => url.startsWith(ofTheBase)) || looks.some(({ atLoose }) => atLoose)) return false
    for (let i = 0; i < keys.count; i++) {
      const key = keys.at(i)
      // A value that was not kept has no key of its own: it would stand for every other such value.
      if (key === null || key === undefined) return false
      if (!(key instanceof Shape)) continue
      if (key.names.has('contained') || looks.some(({ names }) => [...names].some((name) => key.names.has(name)))) return false
    }
    return true
  }

  find(line: Keyed): Verdict | null {
    if (line.profiles.length === 0) return noVerdict
    let step: Step | undefined = this.first
    const keys = this.keysOf(line)
    for (let i = 0; i < keys.count && step !== undefined; i++) step = step.next.get(keys.at(i))
    return step?.verdict ?? null
  }

  enter(line: Keyed, verdict: Verdict): void {
    let step = this.first
    const keys = this.keysOf(line)
    for (let i = 0; i < keys.count; i++) {
      let next = step.next.get(keys.at(i))
      if (next === undefined) {
        if (this.steps++ >= mostKeys) return
        next = { next: new Map(), verdict: null }
        step.next.set(keys.at(i), next)
      }
      step = next
    }
    step.verdict = verdict
  }

  /** Profiles that are not loaded look at nothing: their names are enough. */
  private keysOf({ profiles, naming, keys }: Keyed): Keyed['keys'] {
    return profiles.some((url) => this.looksOf(url) !== null) ? keys : { count: naming.length, at: (index) => naming[index] }
  }

  private looksOf(url: string): Looks | null {
    const known = this.looks.get(url)
    if (known !== undefined) return known
    const tree = this.judge.tree(url)
    const made = tree === null ? null : looksIn(tree)
    if (this.looks.size < 1000) this.looks.set(url, made)
    return made
  }
}

/** Whether a profile looks at values that a shape leaves open: in any line, or only in one with an element of these names. */
interface Looks {
  readonly atLoose: boolean
  readonly names: ReadonlySet<string>
}

function looksIn({ snapshot, root }: ProfileTree): Looks {
  const names = new Set<string>()
  return { atLoose: snapshot.imposes.length > 0 || nodeLooks(root, names), names }
}

/** Types whose values are known byte for byte wherever they stand. */
const known: ReadonlySet<string> = new Set(['code', 'uri', 'url', 'canonical', 'oid', 'uuid', 'Coding', 'CodeableConcept'])
/** What a path of a discriminator may end in. */
const told: ReadonlySet<string> = new Set(['code', 'system', 'coding', 'url', 'type', 'use'])

function nodeLooks({ element, name, adds, children, slices }: ProfileNode, names: Set<string>): boolean {
  if (!adds) return false
  if (element.touched) {
    const { fixed, pattern, minValue, maxValue, maxLength, types, slicing } = element
    const isKnown = types.every(({ code }) => known.has(code))
    if (minValue !== null || maxValue !== null || maxLength !== null) return true
    if ((fixed !== null || pattern !== null) && !isKnown) return true
    // What the base definition binds is known, unless it is a loose value of another type.
    for (const { code } of element.binding === null ? [] : types)
      if (isLoose(code)) names.add(element.id.endsWith('[x]') ? `${name}${code.charAt(0).toUpperCase()}${code.slice(1)}` : name)
    if (types.some(({ code, profiles }) => profiles.length > 0 && code !== 'Extension')) return true
    if (element.invariants.some(({ key, expression }) => !element.inherited.has(key) && !isByName(expression))) return true
    if (slicing?.discriminators.some(({ type, path }) => !isTold(type, path)) === true) return true
  }
  return [...children, ...slices].some((node) => nodeLooks(node, names))
}

function isTold(type: string, path: string): boolean {
  // What a reference leads to is not in the line.
  if (path.includes('resolve(')) return false
  if (type === 'exists' || type === 'type') return true
  return (type === 'value' || type === 'pattern') && told.has(path.slice(path.lastIndexOf('.') + 1))
}

/** A moment of vital signs is precise to the day: days and moments in full are, and any other is known byte for byte. */
const toTheDay = '($this as dateTime).toString().length() >= 8'

function isByName(expression: string): boolean {
  if (expression === toTheDay) return true
  const { reads } = dependenceOf(expression)
  return reads?.size === 0
}
