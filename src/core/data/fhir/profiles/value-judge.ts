/** What a profile says about one value itself: fixed values and patterns, bounds, codes and constraints (FHIR R4 ElementDefinition). */
import type { Fact } from '../../../finding.ts'
import type { JsonValue } from '../../record.ts'
import { bindingJudge } from '../bindings.ts'
import type { Judge } from '../compile.ts'
import type { Coverage } from '../coverage.ts'
import type { Node } from '../fhirpath/node.ts'
import type { InvariantJudge, Invariants } from '../invariants.ts'
import type { Definitions } from '../packs.ts'
import type { Place } from '../places.ts'
import type { Trouble, Visit } from '../visit.ts'
import { isOutside } from './bounds.ts'
import type { ProfileElement } from './profile-element.ts'
import { fitsPattern, isFixed } from './values.ts'

/** The profile in whose name something is said. */
export class About {
  readonly fact: Fact
  readonly url: string
  constructor(url: string) {
    this.url = url
    this.fact = { name: 'profile', value: url }
  }
}

export class ValueJudge {
  private readonly bindings = new WeakMap<ProfileElement, Map<string, Judge | null>>()
  private readonly constraints = new WeakMap<ProfileElement, Map<string, InvariantJudge | null>>()
  private readonly definitions: Definitions
  private readonly invariants: Invariants
  private readonly coverage: Coverage

  constructor(definitions: Definitions, invariants: Invariants, coverage: Coverage) {
    this.definitions = definitions
    this.invariants = invariants
    this.coverage = coverage
  }

  /** What the profile says about a value itself. */
  judge(element: ProfileElement, node: Node, about: About, place: Place, visit: Visit): void {
    const { value } = node
    if (value === undefined) return
    if (saysOfValues(element)) this.itself(value, element, node, about, place, visit)
    this.bindingOf(element, node.shape.type)?.(value, place, visit)
    this.constraintsOf(element, node)?.(value, place, visit)
  }

  private itself(value: JsonValue, element: ProfileElement, node: Node, about: About, place: Place, visit: Visit): void {
    const report = (code: Trouble['code'], name: string, expected: string): void => {
      visit.report(place, { code, facts: [about.fact, { name, value: expected }], value })
    }
    if (element.fixed !== null && !isFixed(value, element.fixed.value))
      report('data/fhir-fixed', 'expected', brief(element.fixed.value))
    if (element.pattern !== null && !fitsPattern(value, element.pattern.value))
      report('data/fhir-pattern', 'expected', brief(element.pattern.value))
    if (element.maxLength !== null && typeof value === 'string' && [...value].length > element.maxLength)
      report('data/fhir-profile', 'at most', `${element.maxLength} characters`)
    for (const [bound, sign, name] of [[element.minValue, -1, 'at least'] as const, [element.maxValue, 1, 'at most'] as const]) {
      const outside = isOutside(node, bound, sign, this.invariants.now)
      if (outside === true) report('data/fhir-profile', name, brief(bound?.value))
      else if (outside === null) this.coverage.leaveOut('bound', `${element.id} of ${about.url}`)
    }
  }

  private bindingOf(element: ProfileElement, type: string): Judge | null {
    const { binding, base } = element
    if (binding === null || (binding.valueSet === base.binding?.valueSet && binding.strength === base.binding.strength))
      return null
    const byType = this.bindings.get(element) ?? new Map<string, Judge | null>()
    const known = byType.get(type)
    if (known !== undefined) return known
    this.bindings.set(element, byType)
    const made = bindingJudge(binding, type, this.definitions, this.coverage)
    byType.set(type, made)
    return made
  }

  private constraintsOf(element: ProfileElement, node: Node): InvariantJudge | null {
    if (element.invariants.length === 0) return null
    const byType = this.constraints.get(element) ?? new Map<string, InvariantJudge | null>()
    const known = byType.get(node.shape.type)
    if (known !== undefined) return known
    this.constraints.set(element, byType)
    const own = element.invariants.filter(({ key }) => !element.inherited.has(key))
    const { shape } = node
    const made = this.invariants.judge(own, () => shape, false)
    byType.set(shape.type, made)
    return made
  }
}

/** True where something is said that every value is held against, beside bindings and constraints. */
function saysOfValues({ fixed, pattern, maxLength, minValue, maxValue }: ProfileElement): boolean {
  return fixed !== null || pattern !== null || maxLength !== null || minValue !== null || maxValue !== null
}

/** A value of the definition, which is no patient data, short enough for a sentence. */
function brief(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text ?? '').length > 200 ? `${text?.slice(0, 200)}…` : (text ?? '')
}
