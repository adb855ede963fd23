/** An example of a criterion: its evidence as lines, and what the criterion says of it. */

import { exampleText } from '../../readiness/criteria/examples/example-evidence.ts'
import { criteria } from '../../readiness/criteria/index.ts'
import { givenOf } from '../../readiness/evidence/evidence.ts'
import { kinds } from '../../readiness/model/artifact.ts'
import type { EvidenceExample } from '../../readiness/model/criterion.ts'
import { type Part, shownLines } from './parts.ts'

/** The day on which examples without a day of their own are judged. */
export const exampleDay = '2026-07-14'

const states = {
  proven: 'Proven',
  failed: 'Failed',
  missing: 'Missing',
  unknown: 'Not known',
  'not-due': 'Not due',
} as const

export function toldEvidence(code: string, example: EvidenceExample): readonly Part[] {
  const criterion = criteria.find((each) => each.code === code)
  if (!criterion) return []
  const asOf = example.asOf ?? exampleDay
  const measure = criterion.compute(givenOf(example.evidence, code, criterion.needs), criterion.thresholds, asOf)
  const shown = criterion.needs.flatMap((kind): readonly Part[] => {
    const value = example.evidence[kind]
    if (value === undefined) return []
    const text = exampleText(value) ?? linesOf(value).join('\n')
    return [{ kind: 'lines', title: kinds[kind].label, lines: shownLines(text === '' ? 'nothing' : text, new Map()) }]
  })
  const cells = measure.cells.map(({ name }) => name)
  const places =
    cells.length === 0 ? '' : ` Places: ${cells.slice(0, 4).join('; ')}${cells.length > 4 ? `; ${cells.length - 4} more` : ''}.`
  return [...shown, { kind: 'words', text: `On ${asOf}: ${states[measure.state]}. ${measure.words}.${places}` }]
}

/** What a value holds, one line for each member that says something; steps of maps and the like are plain objects. */
function linesOf(value: unknown, path = '', depth = 0): readonly string[] {
  if (value === null || value === undefined || value === '' || depth > 7) return []
  if (typeof value !== 'object') return typeof value === 'function' ? [] : [`${path}: ${String(value)}`]
  const members: readonly (readonly [string, unknown])[] =
    value instanceof Map
      ? [...value].map(([key, each]) => [String(key), each] as const)
      : Array.isArray(value)
        ? value.map((each, at) => [String(at + 1), each] as const)
        : Object.entries(value)
  return members.flatMap(([name, each]) => linesOf(each, path === '' ? name : `${path} › ${name}`, depth + 1))
}
