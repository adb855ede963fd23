/** A validation done in tasks inside the test, in an order that the test chooses. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ValidateResult } from '../../src/core/data/model/validation.ts'
import { type CreateJudge, validate } from '../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { finish } from '../../src/core/operation.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { beginRun } from '../../src/scale/open-run.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { runKeyOf } from '../../src/scale/run-key.ts'
import { mostAttempts, runTask } from '../../src/scale/run-task.ts'
import type { SpreadJob } from '../../src/scale/spread-verb.ts'
import { statusOf } from '../../src/scale/status.ts'
import { nameOf, tasksOf } from '../../src/scale/tasks.ts'
import { blocksOf } from '../../src/scale/validate/blocks.ts'
import type { StretchPart, ValidateAsked } from '../../src/scale/validate/parts.ts'
import { toldValidation } from '../../src/scale/validate/told-run.ts'
import { stagesOf, ValidateTasks } from '../../src/scale/validate/validate-tasks.ts'
import { readJson } from '../../src/scale/work-folder.ts'

export interface InTasks {
  readonly blockBytes: number
  readonly partitions: number
  /** Puts the tasks of a stage in an order. */
  readonly order?: <T>(tasks: readonly T[]) => readonly T[]
  readonly processes?: number
  /** Names of tasks that fail each time. */
  readonly poison?: readonly string[]
}

export interface Spread {
  readonly result: ValidateResult
  readonly readHere: readonly string[]
  /** Bytes of inputs that tasks read, and that the report read. */
  readonly bytesRead: number
  readonly reportRead: number
  readonly path: string
  /** Stretches of tables that were judged apart, and tables that one task judged whole after all. */
  readonly stretches: number
  readonly whole: number
}

export async function validateInTasks(
  input: ValidateInput,
  { blockBytes, partitions, order = (tasks) => tasks, processes = 1, poison = [] }: InTasks,
  createJudge?: CreateJudge,
  keep = false,
): Promise<Spread> {
  const path = mkdtempSync(join(tmpdir(), 'carryover-spread-'))
  const { signal } = new AbortController()
  try {
    const folder = diskFolder(path)
    const inputs = input.inputs.map(({ source: { name, size } }) => ({ name, bytes: size }))
    const blocks = blocksOf(
      inputs.map(({ bytes }) => bytes),
      blockBytes,
    )
    const asked: ValidateAsked = { blockBytes, partitions, inputs }
    const plan: RunPlan = {
      ...{ kind: 'carryover-run', format: 1, tool: '1', verb: 'validate', bytes: 0 },
      command: { folder: '/', words: [] },
      asked: JSON.parse(JSON.stringify(asked)),
      stages: stagesOf(blocks.length, inputs.length, partitions),
    }
    await beginRun(folder, plan)
    const key = await runKeyOf(folder)
    if (key === null) throw new Error('no key')
    const jobs = Array.from(
      { length: processes },
      () => new ValidateTasks(asked, input, { ...(input.asOf ? { asOf: input.asOf } : {}) }),
    )
    for (const { name } of plan.stages)
      for (const [i, task] of order(tasksOf(plan, name)).entries()) {
        const own = jobs[i % processes]
        const job: SpreadJob | undefined = poison.includes(nameOf(task))
          ? { run: async () => await Promise.reject(new Error('poison')) }
          : own
        for (let attempt = 1; job && attempt <= mostAttempts; attempt++)
          try {
            await runTask({ folder, plan, key, job }, task, signal)
            break
          } catch (error) {
            if (!(error instanceof Error) || error.message !== 'poison') throw error
          }
      }
    let reportRead = 0
    const count = (bytes: number): void => {
      reportRead += bytes
    }
    const told = await toldValidation(folder, key, asked, input, count, signal)
    const result = await finish(validate(told.input, signal, createJudge))
    const { bytesRead } = await statusOf({ folder, plan })
    let stretches = 0
    let whole = 0
    for (const file of await folder.list('parts/')) {
      const part = /(?:map|whole)-\d+\.json$/.test(file) ? ((await readJson(folder, file)) as StretchPart | null) : null
      if (part === null || part.totals.isEmpty) continue
      if (file.startsWith('parts/whole-')) whole++
      else stretches++
    }
    return { result, readHere: told.readHere, bytesRead, reportRead, path, stretches, whole }
  } finally {
    if (!keep) rmSync(path, { recursive: true, force: true })
  }
}

/** A result as JSON without the digests of files that were not read in one piece. */
export function comparable(result: ValidateResult): string {
  const inputs = result.inputs.map((one) => ({ ...one, sha256: null, sha256Blocks: undefined }))
  return JSON.stringify({ ...result, inputs }, null, 1)
}
