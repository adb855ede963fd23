/** The printed job against what Kubernetes publishes of its fields. No cluster has run it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/** What the compiler says of a job as the type that is made from the OpenAPI description; empty where it fits. */
function compiled(job: object): string {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'carryover-kubernetes-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    // A literal may have no field that the type does not name.
    const text = `import type { Job } from 'kubernetes-types/batch/v1'\nexport const job: Job = ${JSON.stringify(job, null, 1)}\n`
    writeFileSync(join(folder, 'job.ts'), text)
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'preserve', '--types', '', '--ignoreConfig']
    const done = spawnSync(join(root, 'node_modules/.bin/tsc'), [...flags, 'job.ts'], { cwd: folder, encoding: 'utf8' })
    return done.stdout + done.stderr
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the job is a Job of kubernetes-types 1.30.0: every name and type of the published description', () => {
  const job = kubernetesJob(plan, options) as object
  expect(compiled(job)).toBe('')
  expect(compiled({ ...job, template: {} })).toContain('does not exist in type')
  const text = JSON.stringify(job)
  expect(compiled(JSON.parse(text.replace('"completions":64', '"completions":"64"')))).toContain(
    "not assignable to type 'number'",
  )
  expect(compiled(JSON.parse(text.replace('"backoffLimitPerIndex"', '"backoffLimitPerindex"')))).toContain('backoffLimitPerindex')
})

test('every field of the job has a value that Kubernetes documents', () => {
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
