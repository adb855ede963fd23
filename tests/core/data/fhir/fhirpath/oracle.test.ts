/** Every constraint of R4 evaluated twice, by our closures and by `fhirpath`, on the elements of real and damaged resources. */

import oracle from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4/index.js'
import { describe, expect, test } from 'vitest'
import { loadDefinitions } from '../../../../../src/core/data/fhir/definitions/packs.ts'
import { nativeInvariants } from '../../../../../src/core/data/fhir/elements/invariants.ts'
import { compileFhirPath } from '../../../../../src/core/data/fhir/fhirpath/compile.ts'
import type { Environment } from '../../../../../src/core/data/fhir/fhirpath/nodes/environment.ts'
import { type Node, NotEvaluable, truth } from '../../../../../src/core/data/fhir/fhirpath/nodes/node.ts'
import { Shapes } from '../../../../../src/core/data/fhir/fhirpath/nodes/shapes.ts'
import type { JsonObject, JsonValue } from '../../../../../src/core/data/model/record.ts'
import type { ElementRule, TypeDefinition } from '../../../../../src/core/data/schema/structure-definition.ts'
import { seededRandom } from '../../../../../src/core/random.ts'
import { isMembers } from '../../../../../src/core/values/json.ts'
import { dataPath, hasData } from '../../../../beside.ts'
import { filesIn, readJson, readLines } from '../judged.ts'

const definitions = await loadDefinitions()
const shapes = new Shapes(definitions)

/** An element of a resource that carries constraints: its value, and the path that tells the oracle its type. */
interface Carrier {
  readonly value: JsonObject
  readonly base: string
  readonly rule: ElementRule
  readonly shape: Node['shape']
}

function* carriers(value: JsonObject, definition: TypeDefinition, rule: ElementRule): Iterable<Carrier> {
  const shape = rule === definition.root ? shapes.type(definition.name) : shapes.element(definition, rule, null)
  if (shape) yield { value, base: rule.id, rule, shape }
  for (const child of rule.children) {
    for (const type of child.types.length === 0 ? [null] : child.types) {
      const name = child.choice && type ? child.name + type.code.charAt(0).toUpperCase() + type.code.slice(1) : child.name
      const member = value[name]
      for (const item of Array.isArray(member) ? member : [member]) {
        if (!isMembers(item)) continue
        if (child.children.length > 0) yield* carriers(item, definition, child)
        else if (type && type.code !== 'Resource' && !/^[a-z]/.test(type.code)) {
          const inner = definitions.type(type.code)
          if (inner) yield* carriers(item, inner, inner.root)
        }
      }
    }
  }
}

function ours(expression: string, carrier: Carrier, resource: JsonObject): boolean | null | 'not evaluated' {
  const compiled = compileFhirPath(expression, { trusted: true })
  if (typeof compiled === 'string') throw new Error(compiled)
  const focus = [{ value: carrier.value, twin: null, shape: carrier.shape }]
  const root = { value: resource, twin: null, shape: shapes.ofResource(resource) }
  const environment: Environment = {
    shapes,
    resource: root,
    rootResource: root,
    context: focus,
    self: focus,
    index: 0,
    total: [],
    steps: 0,
    now: '2024-06-30T12:00:00Z',
    resolve: () => null,
    memberOf: () => null,
  }
  try {
    const plain = truth(compiled.evaluate(focus, environment))
    // The quick way to the truth value must not differ from evaluating.
    if (compiled.test) expect(compiled.test(focus, environment)).toBe(plain)
    return plain
  } catch (error) {
    if (error instanceof NotEvaluable) return 'not evaluated'
    throw error
  }
}

/** Their regular expressions hold escapes that the oracle's engine refuses. */
const refusedByOracle: ReadonlySet<string> = new Set(['eld-16', 'eld-19', 'eld-20'])

type OracleEvaluation = (value: JsonObject, variables: object) => unknown
const compiledByOracle = new Map<string, OracleEvaluation>()
const model = r4 as Parameters<typeof oracle.compile>[1]

function oracleFor(base: string, expression: string): OracleEvaluation {
  const key = `${base}\n${expression}`
  const known = compiledByOracle.get(key)
  if (known) return known
  const made = oracle.compile({ base, expression }, model, { traceFn: () => undefined })
  const evaluate: OracleEvaluation = (value, variables) => made(value, { ...variables })
  compiledByOracle.set(key, evaluate)
  return evaluate
}

function theirs(expression: string, carrier: Carrier, resource: JsonObject): boolean | null | 'not evaluated' {
  try {
    const result = oracleFor(carrier.base, expression)(carrier.value, { resource, rootResource: resource })
    if (!Array.isArray(result) || result.length === 0) return null
    return typeof result[0] === 'boolean' ? result[0] : true
  } catch {
    return 'not evaluated'
  }
}

/** One member removed, emptied, repeated or exchanged somewhere in the resource. */
function damaged(resource: JsonObject, draw: (below: number) => number): JsonObject {
  const copy = structuredClone(resource) as { [name: string]: JsonValue }
  let at: { [name: string]: JsonValue } = copy
  for (let depth = 0; depth < 6; depth++) {
    const names = Object.keys(at).filter((name) => name !== 'resourceType')
    const name = names[draw(names.length)]
    if (name === undefined) break
    const member = at[name]
    const item = Array.isArray(member) ? member[draw(member.length)] : member
    if (isMembers(item) && draw(4) > 0) {
      at = item as { [name: string]: JsonValue }
      continue
    }
    const kind = draw(4)
    if (kind === 0) delete at[name]
    else if (kind === 1 && typeof member === 'number') at[name] = -member
    else if (kind === 1 && typeof member === 'string')
      at[name] = /^\d{4}/.test(member) ? `1900${member.slice(4)}` : 'entered-in-error'
    else if (kind === 2 && Array.isArray(member) && item !== undefined) at[name] = [...member, item]
    else delete at[name]
    break
  }
  return copy
}

function compare(resources: readonly JsonObject[]): {
  readonly compared: number
  readonly keys: Set<string>
  readonly differ: string[]
} {
  const differ: string[] = []
  const keys = new Set<string>()
  let compared = 0
  for (const resource of resources) {
    const definition = definitions.type(String(resource.resourceType))
    if (!definition) continue
    for (const carrier of carriers(resource, definition, definition.root))
      for (const { key, expression } of carrier.rule.invariants) {
        if ((nativeInvariants.has(key) && key !== 'bdl-7') || refusedByOracle.has(key)) continue
        // The oracle can not leave the record without a server, not even where the rest decides.
        if (expression.includes('resolve()')) continue
        const [a, b] = [ours(expression, carrier, resource), theirs(expression, carrier, resource)]
        compared++
        keys.add(key)
        if (a !== b) differ.push(`${key} ${carrier.base}: ours ${a}, oracle ${b}`)
      }
  }
  return { compared, keys, differ: [...new Set(differ)] }
}

describe.skipIf(!hasData('fhir/bulk-ndjson/', 'fhir/fhir-test-cases/'))(
  'agreement with fhirpath 5.2.0 (../shared/data/fhir)',
  () => {
    const rounds = process.env.LONG ? 20 : 1

    test('on clean and on damaged resources of a bulk export', () => {
      const random = seededRandom('fhirpath-oracle')
      const draw = (below: number): number => (below === 0 ? 0 : random.below(below))
      const clean = filesIn(dataPath('fhir/bulk-ndjson/'), '.ndjson').flatMap((file) =>
        readLines(file).filter((_, i) => i % 4 === 0),
      )
      const broken = Array.from({ length: rounds * 3 }, () => clean.map((resource) => damaged(resource, draw))).flat()
      const { compared, differ } = compare([...clean, ...broken])
      console.log(`FHIRPath: ${compared} evaluations of constraints compared, ${differ.length} kinds of disagreement`)
      expect(differ).toEqual([])
    })

    test('on the cases of the public suite, whatever their verdict', () => {
      const cases = filesIn(`${dataPath('fhir/fhir-test-cases/')}validator`, '.json').flatMap((file) => {
        try {
          return [readJson(file)]
        } catch {
          return []
        }
      })
      const { compared, keys, differ } = compare(cases)
      console.log(
        `FHIRPath: ${compared} evaluations of ${keys.size} constraints compared, ${differ.length} kinds of disagreement`,
      )
      expect(differ).toEqual([])
    })
  },
)

test('every constraint of R4 compiles', async () => {
  const packs = await Promise.all([
    import('../../../../../src/core/data/fhir/packs/core.pack.json'),
    import('../../../../../src/core/data/fhir/packs/more.pack.json'),
  ])
  const lines = [...new Set(packs.flatMap((pack) => pack.default.constraints))].map((line) => line.split('\t'))
  const errors = new Set(
    lines.filter(([, severity]) => severity === 'error').map(([key, , , expression]) => `${key}\n${expression}`),
  )
  // With ele-1 and both forms of ext-1, which hold for every element and are left out of the packs, these are R4's 211.
  expect(errors.size).toBe(208)
  for (const [key, , , expression = ''] of lines)
    expect({ key, compiled: typeof compileFhirPath(expression, { trusted: true }) }).toEqual({ key, compiled: 'object' })
})
