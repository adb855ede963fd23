/** The printed job against what Kubernetes publishes of its fields. No cluster has run it. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { kubernetesJob } from '../../src/scale/kubernetes-job.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { jobSchema } from './kubernetes-facts.ts'

const plan: RunPlan = {
  ...{ kind: 'carryover-run', format: 1, tool: '0.1.0', verb: 'validate', asked: null, bytes: 4e12 },
  command: { folder: '/extract', words: ['patients.csv'] },
  stages: [{ name: 'map', tasks: 16_000 }],
}
const options = {
  ...{ work: '/runs/riverside', pods: 64, mostBytes: 1536 * 2 ** 20, image: 'registry.example/carryover:0.1.0' },
  program: '/opt/carryover/dist/cli/carryover.js',
}

test('every field of the job is one that Kubernetes publishes', () => {
  const check = new Ajv({ allErrors: true }).compile(jobSchema)
  expect(check(kubernetesJob(plan, options)) ? [] : check.errors).toEqual([])
  expect(check({ ...(kubernetesJob(plan, options) as object), template: {} })).toBe(false)
})

test('each pod is told its share, and no key stands in the job', () => {
  const text = JSON.stringify(kubernetesJob(plan, options))
  expect(text).toContain('"$(JOB_COMPLETION_INDEX)/64"')
  expect(text).not.toMatch(/CARRYOVER_RUN_KEY|patients\.csv/)
})

test('the example of the documentation is the printed job', () => {
  const example = new URL('../../docs/deploy/kubernetes-job.json', import.meta.url)
  expect(readFileSync(example, 'utf8')).toBe(`${JSON.stringify(kubernetesJob(plan, options), null, 2)}\n`)
})
