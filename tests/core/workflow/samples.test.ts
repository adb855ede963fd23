/** The four workflow pairs of the sample clinic show exactly their planted survivals, and nothing else. */
import { expect, test } from 'vitest'
import { riversideWorkflowFiles, riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import labResults from '../../../samples/riverside/workflows/lab-results/expected.json' with { type: 'json' }
import referral from '../../../samples/riverside/workflows/referral/expected.json' with { type: 'json' }
import refill from '../../../samples/riverside/workflows/refill/expected.json' with { type: 'json' }
import vitals from '../../../samples/riverside/workflows/vitals/expected.json' with { type: 'json' }
import { finish } from '../../../src/core/operation.ts'
import { sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import { readWorkflow } from '../../../src/core/workflow/map/files.ts'
import { emptyWorkflow, sides, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { judge } from '../../../src/core/workflow/simulation/judge.ts'

const expected = { 'lab-results': labResults, referral, refill, vitals }

function sample(id: string): Workflow {
  return riversideWorkflows.get(id) ?? emptyWorkflow(id)
}

for (const [id, wanted] of Object.entries(expected))
  test(`${id} shows its planted survivals`, async () => {
    const { comparison, obstacles } = await finish(judge(sample(id), new AbortController().signal))
    expect(obstacles).toEqual([])
    const shown = comparison.findings.map(({ code, outcome, severity, current, future }) => ({
      code,
      outcome,
      severity,
      current,
      future,
    }))
    expect(shown).toEqual(wanted.findings)
    expect(comparison.untraced).toEqual(wanted.untraced)
    const fired = comparison.findings.map((finding) => finding.code)
    for (const code of wanted.mustNotFire) expect(fired).not.toContain(code)
  })

test('18 of some 31 hours of a refill are the same wait for the signature, on paper and in the inbox', async () => {
  const { results } = await finish(judge(sample('refill'), new AbortController().signal))
  const wait = (side: 'current' | 'future', id: string): number =>
    (results?.[side].steps.find((step) => step.id === id)?.wait.mean ?? 0) / 3600
  expect(wait('current', 'sign-refill-form')).toBeCloseTo(18.6, 1)
  expect(wait('future', 'approve-in-inbox')).toBeCloseTo(18.6, 1)
  expect((results?.current.leadTime?.mean ?? 0) / 3600).toBeCloseTo(30.9, 1)
  expect((results?.future.leadTime?.mean ?? 0) / 3600).toBeCloseTo(28.6, 1)
})

test('the findings do not hang on one seed', async () => {
  const workflow = sample('refill')
  if (!workflow.scenario) throw new Error('The sample has no scenario')
  for (const seed of [2, 3]) {
    const { comparison } = await finish(
      judge({ ...workflow, scenario: { ...workflow.scenario, seed } }, new AbortController().signal),
    )
    const shown = comparison.findings.map(({ code, outcome }) => `${code} ${outcome}`)
    expect(shown).toEqual(refill.findings.map(({ code, outcome }) => `${code} ${outcome}`))
  }
})

test('the files read without a problem and are written back as they are', () => {
  expect([...riversideWorkflowFiles.keys()].length).toBe(16)
  for (const [id, workflow] of riversideWorkflows) {
    const parsed = (file: string): unknown => JSON.parse(riversideWorkflowFiles.get(`workflows/${id}/${file}.json`) ?? 'null')
    const again = readWorkflow(id, {
      current: parsed('current'),
      future: parsed('future'),
      trace: parsed('trace'),
      scenario: parsed('scenario'),
    })
    expect(again.problems).toEqual([])
    expect(again.value).toEqual(workflow)
  }
})

test('no two steps of a sample map overlap', () => {
  for (const workflow of riversideWorkflows.values())
    for (const side of sides) {
      const nodes = [...workflow[side].nodes.values()]
      for (const [index, a] of nodes.entries())
        for (const b of nodes.slice(index + 1)) {
          const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)]
          const apart =
            a.x + sizeA.width <= b.x || b.x + sizeB.width <= a.x || a.y + sizeA.height <= b.y || b.y + sizeB.height <= a.y
          expect(apart, `${workflow.id} ${side}: ${a.id} and ${b.id}`).toBe(true)
        }
    }
})
