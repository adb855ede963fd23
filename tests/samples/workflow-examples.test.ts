/** Each of the twelve example pairs shows exactly its planted survivals, for several seeds, and its files read and write unchanged. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workflowExamples } from '../../samples/workflow/examples.ts'
import { workflowExampleNames } from '../../samples/workflow/names.ts'
import { finish } from '../../src/core/operation.ts'
import { readWorkflow, writeWorkflow } from '../../src/core/workflow/map/files.ts'
import type { Workflow } from '../../src/core/workflow/map/workflow.ts'
import type { DataState } from '../../src/core/workflow/rules/data-states.ts'
import { judge } from '../../src/core/workflow/simulation/judge.ts'
import { compare } from '../../src/core/workflow/survival/compare.ts'

interface Expected {
  readonly about: string
  /** What the migration carries; the examples assume all of it, so that no finding hangs on it. */
  readonly evidence: Readonly<Record<string, DataState>>
  readonly findings: readonly {
    readonly code: string
    readonly outcome: string
    readonly severity: string
    readonly current: readonly string[]
    readonly future: readonly string[]
  }[]
  readonly mustNotFire: readonly string[]
}

const folder = join(import.meta.dirname, '../../samples/workflow')
const seeds = process.env.LONG ? Array.from({ length: 20 }, (_, index) => index + 1) : [1]

function fileOf(id: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, id, `${name}.json`), 'utf8'))
}

function keyOf(finding: Expected['findings'][number]): string {
  return `${finding.outcome} ${finding.severity} ${finding.code} ${finding.current.join()} > ${finding.future.join()}`
}

async function found(workflow: Workflow, seed: number, evidence: Expected['evidence']): Promise<readonly string[]> {
  const { scenario } = workflow
  const seeded = scenario ? { ...workflow, scenario: { ...scenario, seed } } : workflow
  const { results, obstacles } = await finish(judge(seeded, new AbortController().signal))
  expect(obstacles).toEqual([])
  const { findings, blocked, structure } = compare(seeded, {
    ...(results ? { results } : {}),
    evidence: new Map(Object.entries(evidence)),
  })
  expect(blocked).toEqual([])
  expect(structure.filter(({ severity }) => severity === 'error')).toEqual([])
  return findings.map(keyOf).sort()
}

test('there are twelve, and their names are those of the maps', () => {
  expect(new Set(workflowExamples.map(({ id }) => id)).size).toBe(12)
  const labels = workflowExamples.map(({ id, files }) => [id, readWorkflow(id, files).value.current.label])
  expect(workflowExampleNames.map(({ id, label }) => [id, label])).toEqual(labels)
})

for (const { id, files } of workflowExamples) {
  const { value, problems } = readWorkflow(id, files)
  test(`${id} shows exactly its planted survivals`, async () => {
    const expected = fileOf(id, 'expected') as Expected
    expect(problems).toEqual([])
    expect(expected.findings.length).toBeGreaterThan(0)
    const wanted = expected.findings.map(keyOf).sort()
    for (const seed of seeds) {
      const shown = await found(value, seed, expected.evidence)
      expect(shown, `seed ${seed}`).toEqual(wanted)
      for (const code of expected.mustNotFire) expect(shown.filter((key) => key.includes(` ${code} `))).toEqual([])
    }
  })
  test(`${id} is written back as it was read, and every step says where its facts come from`, () => {
    const again = [...writeWorkflow(value)].map(([path, text]) => [path.split('/').at(-1), JSON.parse(text)])
    for (const [name, json] of again) expect(json).toEqual(fileOf(id, String(name).replace('.json', '')))
    for (const graph of [value.current, value.future])
      for (const node of graph.nodes.values())
        if (node.type === 'step' || node.type === 'wait') expect(node.evidence?.source).toMatch(/\w/)
  })
}
