/** What a profile says about one value itself: fixed values and patterns, bounds, codes and constraints (FHIR R4 ElementDefinition). */

import type { Fact } from '../../../finding.ts'
import type { JsonValue } from '../../model/record.ts'
import type { Definitions } from '../definitions/packs.ts'
import { bindingJudge } from '../elements/bindings.ts'
import type { Judge } from '../elements/element-judge.ts'
import type { InvariantJudge, Invariants } from '../elements/invariants.ts'
import type { Node } from '../fhirpath/nodes/node.ts'
import type { Shape } from '../fhirpath/nodes/shapes.ts'
import type { Coverage } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { Trouble, Visit } from '../visit/visit.ts'
import { isOutside } from './bounds.ts'
import type { ProfileElement } from './profile-element.ts'
import type { Asked, ProfileNode } from './profile-tree.ts'
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
  private readonly asked = new WeakMap<ProfileElement, Map<string, Asked>>()
  private readonly definitions: Definitions
  private readonly invariants: Invariants
  private readonly coverage: Coverage

  constructor(definitions: Definitions, invariants: Invariants, coverage: Coverage) {
    this.definitions = definitions
    this.invariants = invariants
    this.coverage = coverage
  }

  /** What the profile says about a value itself. */
  judge(rule: ProfileNode, node: Node, about: About, place: Place, visit: Visit): void {
    const { value } = node
    if (value === undefined) return
    let { asked } = rule
    if (asked === null || asked.type !== node.shape.type) {
      asked = this.askedOf(rule.element, node.shape)
      rule.asked = asked
    }
    if (asked.ofItself) this.itself(value, rule.element, node, about, place, visit)
    if (asked.binding !== null) asked.binding(value, place, visit)
    if (asked.constraints !== null) asked.constraints(value, place, visit)
  }

  private askedOf(element: ProfileElement, shape: Shape): Asked {
    const byType = this.asked.get(element) ?? new Map<string, Asked>()
    const known = byType.get(shape.type)
    if (known !== undefined) return known
    this.asked.set(element, byType)
    const { type } = shape
    const constraints = this.constraintsOf(element, shape)
    const made = { type, ofItself: saysOfValues(element), binding: this.bindingOf(element, type), constraints }
    byType.set(type, made)
    return made
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
    return bindingJudge(binding, type, this.definitions, this.coverage)
  }

  private constraintsOf(element: ProfileElement, shape: Shape): InvariantJudge | null {
    const own = element.invariants.filter(({ key }) => !element.inherited.has(key))
    return this.invariants.judge(own, () => shape, false)
  }
}

function saysOfValues({ fixed, pattern, maxLength, minValue, maxValue }: ProfileElement): boolean {
  return fixed !== null || pattern !== null || maxLength !== null || minValue !== null || maxValue !== null
}

/** A value of the definition, which is no patient data, short enough for a sentence. */
function brief(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text ?? '').length > 200 ? `${text?.slice(0, 200)}…` : (text ?? '')
}
