/** Constraints of the specification as judgements: each FHIRPath expression is compiled once and has to evaluate to true (FHIR R4 §5.1.17). */

import type { Severity } from '../../../finding.ts'
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { Invariant } from '../../schema/structure-definition.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { FhirSettings } from '../definitions/settings.ts'
import { compileFhirPath } from '../fhirpath/compile.ts'
import type { Compiled, Environment } from '../fhirpath/nodes/environment.ts'
import { type Node, type Nodes, NotEvaluable, truth } from '../fhirpath/nodes/node.ts'
import { type Shape, Shapes } from '../fhirpath/nodes/shapes.ts'
import { baseOf } from '../visit/bundle-scope.ts'
import type { Counter, Coverage } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'

/** Judged by hand-written code elsewhere, because they hold for every element or need the text of the record. */
export const nativeInvariants: ReadonlySet<string> = new Set([
  'ele-1',
  'ext-1',
  'dom-2',
  'dom-3',
  'dom-4',
  'dom-5',
  'ref-1',
  'txt-1',
  'txt-2',
  // The addresses of entries are judged one by one, so that each has its place.
  'bdl-7',
])

/** What R4 writes for constraints of every element; under other words a profile means something of its own. */
const nativeTexts: ReadonlySet<string> = new Set([
  'hasValue() or (children().count() > id.count())',
  'hasValue() or (children().count() > id.count()) or $this is Parameters',
  'extension.exists() != value.exists()',
])

/** Advice of good practice that nearly every real record leaves out; it is listed, and reported where a run asks for it. */
const bestPractice: ReadonlySet<string> = new Set(['dom-6'])

/** Judges one value of the element that carries the constraints. */
export type InvariantJudge = (value: JsonValue, place: Place, visit: Visit) => void

interface Bound {
  readonly invariant: Invariant
  readonly compiled: Compiled
  readonly severity: Severity
  /** Of the base specification: its rules are known to end. */
  readonly trusted: boolean
  /** True once it has given an answer. */
  ran: boolean
  /** Values it was asked about, and items it looked at for them. */
  values: number
  spent: number
}

/** Names of definitions that a program could use: of no weight for records. */
const namesForPrograms = /^Name should be usable as an identifier for the module by machine processing applications/

/** Items one expression may look at in a run; beyond them only one that looks at few of each value goes on. */
const mostSpent = 40_000_000
const mostOnAverage = 20_000

const adviceSeverity = { ignore: 'info', hint: 'info', warning: 'warning', error: 'error' } as const

export class Invariants {
  readonly shapes: Shapes
  /** What `now()` and `today()` are, by day; null where nobody says. */
  now: string | null = null
  private readonly definitions: Definitions
  private readonly coverage: Coverage
  private readonly compiled = new Map<string, Compiled | string>()

  private readonly advice: FhirSettings['bestPractice']

  constructor(definitions: Definitions, coverage: Coverage, advice: FhirSettings['bestPractice'] = 'ignore') {
    this.advice = advice
    this.definitions = definitions
    this.coverage = coverage
    this.shapes = new Shapes(definitions)
  }

  /** Those that are judged here, and counters of those that are not. */
  sorted(
    invariants: readonly Invariant[],
    trusted = true,
  ): { readonly judged: readonly (Invariant & { readonly compiled: Compiled })[]; readonly skipped: readonly Counter[] } {
    const judged: (Invariant & { readonly compiled: Compiled })[] = []
    const skipped: Counter[] = []
    for (const invariant of invariants) {
      if (nativeInvariants.has(invariant.key) && (trusted || nativeTexts.has(invariant.expression))) continue
      if (bestPractice.has(invariant.key) && this.advice === 'ignore') {
        skipped.push(this.coverage.counter('goodPractice', invariant.key))
        continue
      }
      const compiled = this.compile(invariant.expression, trusted)
      if (typeof compiled === 'string') skipped.push(this.coverage.counter('invariant', `${invariant.key} (${compiled})`))
      else judged.push({ ...invariant, compiled })
    }
    return { judged, skipped }
  }

  /** Null where nothing is left to judge. `shape` is the type of the values that will be shown. */
  judge(invariants: readonly Invariant[], shape: () => Shape, trusted: boolean): InvariantJudge | null {
    const { judged, skipped } = this.sorted(invariants, trusted)
    const bound = judged.map(({ compiled, ...invariant }): Bound => {
      const own = namesForPrograms.test(invariant.human) && invariant.severity === 'warning' ? 'info' : invariant.severity
      const severity = bestPractice.has(invariant.key) && this.advice !== 'ignore' ? adviceSeverity[this.advice] : own
      return { ran: false, values: 0, spent: 0, invariant, compiled, trusted, severity }
    })
    if (bound.length === 0 && skipped.length === 0) return null
    return (value, place, visit) => {
      for (const counter of skipped) counter.values++
      if (bound.length === 0) return
      const focus: Nodes = [{ value, twin: null, shape: shape() }]
      const environment = this.environmentOf(visit)
      for (const one of bound) this.apply(one, focus, environment, place, visit)
    }
  }

  private compile(expression: string, trusted: boolean): Compiled | string {
    const key = `${trusted}${expression}`
    const known = this.compiled.get(key)
    if (known !== undefined) return known
    const made = compileFhirPath(expression, { trusted })
    this.compiled.set(key, made)
    return made
  }

  private apply(bound: Bound, focus: Nodes, environment: Environment, place: Place, visit: Visit): void {
    const { invariant, compiled, severity } = bound
    environment.context = focus
    environment.self = focus
    environment.steps = 0
    try {
      if (!bound.trusted && bound.spent > mostSpent && bound.spent > bound.values * mostOnAverage)
        throw new NotEvaluable('on many values the expression looks at more than 20,000 items each')
      bound.values++
      const met = compiled.test ? compiled.test(focus, environment) : truth(compiled.evaluate(focus, environment))
      if (!bound.ran) {
        bound.ran = true
        this.coverage.ran('constraint', `${invariant.key} ${invariant.expression}`)
      }
      // Empty is a violation as well: a constraint has to evaluate to true.
      if (met === true) return
    } catch (error) {
      if (!(error instanceof NotEvaluable)) throw error
      this.coverage.leaveOut('invariant', `${invariant.key} (${error.message})`)
      return
    } finally {
      bound.spent += environment.steps
    }
    const facts = [
      { name: 'rule', value: invariant.key },
      { name: 'text', value: invariant.human },
    ]
    visit.report(place, {
      code: 'data/fhir-invariant',
      facts,
      ...(severity === 'error' ? {} : { severity }),
    })
  }

  /** One environment per walk; only the nearest resource changes on the way. */
  environmentOf(visit: Visit): Environment {
    const { nearest, outermost } = visit
    const held = visit.environment
    if (held !== null) {
      if (held.resource.value !== nearest) held.resource = this.resourceNode(nearest)
      if (held.rootResource.value !== outermost) held.rootResource = this.resourceNode(outermost)
      return held
    }
    const made: Environment = {
      shapes: this.shapes,
      resource: this.resourceNode(nearest),
      rootResource: this.resourceNode(outermost),
      context: [],
      self: [],
      index: 0,
      total: [],
      steps: 0,
      now: this.now,
      resolve: (reference) => resolved(reference, visit),
      memberOf: (system, code, valueSet) => this.memberOf(system, code, valueSet),
    }
    visit.environment = made
    return made
  }

  private resourceNode(resource: JsonObject): Node {
    return { value: resource, twin: null, shape: this.shapes.ofResource(resource) }
  }

  private memberOf(system: string | null, code: string, valueSet: string): boolean | null {
    const expansion = this.definitions.expansion(valueSet.split('|')[0] ?? valueSet)
    if (expansion === null) return null
    return system === null ? expansion.codes.has(code) : expansion.codings.has(`${system}|${code}`)
  }
}

/** The resource that a reference means inside its container or its Bundle; null elsewhere. */
function resolved(reference: string, visit: Visit): JsonValue | null {
  if (reference === '#') return visit.outermost
  if (reference.startsWith('#')) {
    const { contained } = visit.outermost
    const id = reference.slice(1)
    return Array.isArray(contained) ? (contained.find((inner) => isMembers(inner) && inner.id === id) ?? null) : null
  }
  const { bundle, owner } = visit
  if (bundle === null) return null
  const own = bundle.resources.get(reference)
  if (own !== undefined || owner.fullUrl === null || reference.includes(':')) return own ?? null
  // A relative reference counts from the address of the entry it stands in (FHIR R4 §2.36.4).
  const base = baseOf(owner.fullUrl)
  return base === null ? null : (bundle.resources.get(base + reference) ?? null)
}
