/** Work done in tasks inside the test, in an order that the test chooses. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MapInput, MapResult, OutputChunk } from '../../src/core/data/crosswalk/plan/crosswalk.ts'
import { legacyOf } from '../../src/core/data/crosswalk/records/map-account.ts'
import type { LinkInput, LinkResult } from '../../src/core/data/linkage/linkage-types.ts'
import type { ValidateResult } from '../../src/core/data/model/validation.ts'
import type { ProfileInput, ProfileResult } from '../../src/core/data/profile/profile.ts'
import type { ReconcileInput, ReconcileResult } from '../../src/core/data/reconcile/account/result.ts'
import { type CreateJudge, validate } from '../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { type ByteSource, finish, type Update } from '../../src/core/operation.ts'
import { markNotWhole, tryAgain } from '../../src/scale/again.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import { type LinkAsked, LinkTasks, linkStages, toldLinks } from '../../src/scale/link/link-tasks.ts'
import type { MapAsked } from '../../src/scale/map/map-parts.ts'
import { MapTasks, mapStages, mapTurns } from '../../src/scale/map/map-tasks.ts'
import { toldMap } from '../../src/scale/map/told-map.ts'
import { beginRun } from '../../src/scale/open-run.ts'
import type { RunPlan } from '../../src/scale/plan.ts'
import { ProfileTasks, profileStages, toldProfile } from '../../src/scale/profile/profile-tasks.ts'
import type { ReconcileAsked } from '../../src/scale/reconcile/parts.ts'
import { ReconcileTasks, reconcileStages } from '../../src/scale/reconcile/reconcile-tasks.ts'
import { toldReconciliation } from '../../src/scale/reconcile/told-reconciliation.ts'
import { roundOf } from '../../src/scale/round.ts'
import { type RunKey, runKeyOf } from '../../src/scale/run-key.ts'
import { mostAttempts, runTask } from '../../src/scale/run-task.ts'
import type { SpreadJob } from '../../src/scale/spread-verb.ts'
import { statusOf } from '../../src/scale/status.ts'
import type { BlocksAsked } from '../../src/scale/stretches/opened.ts'
import type { EndedPart } from '../../src/scale/stretches/stretches-of.ts'
import { nameOf, tasksOf } from '../../src/scale/tasks.ts'
import type { ValidateAsked } from '../../src/scale/validate/parts.ts'
import { toldValidation } from '../../src/scale/validate/told-run.ts'
import { stagesOf, ValidateTasks } from '../../src/scale/validate/validate-tasks.ts'
import { readJson, type WorkFolder } from '../../src/scale/work-folder.ts'

export interface InTasks {
  readonly blockBytes: number
  readonly partitions: number
  /** Puts the tasks of a stage in an order. */
  readonly order?: <T>(tasks: readonly T[]) => readonly T[]
  readonly processes?: number
  /** Blocks that a task of the census reads together. */
  readonly scanned?: number
  /** Names of tasks that fail each time. */
  readonly poison?: readonly string[]
  /** After a first report those tasks are done again, as `--resume` does them. */
  readonly mended?: boolean
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

/** Facts of a run in tasks, beside its result. */
type SpreadFacts = Omit<Spread, 'result' | 'readHere'>

/** Does all tasks of a verb, and hands the folder to whoever makes the report; the folder is gone afterwards unless it is kept. */
async function inTasks<Result>(
  verb: string,
  asked: BlocksAsked,
  stages: RunPlan['stages'],
  open: () => SpreadJob,
  report: (folder: WorkFolder, key: RunKey, read: (bytes: number) => void) => Promise<Result>,
  { order = (tasks) => tasks, processes = 1, poison = [], mended = false }: InTasks,
  keep: boolean,
): Promise<SpreadFacts & { readonly made: Result }> {
  const path = mkdtempSync(join(tmpdir(), 'carryover-spread-'))
  const { signal } = new AbortController()
  try {
    const folder = diskFolder(path)
    const plan: RunPlan = {
      ...{ kind: 'carryover-run', format: 1, tool: '1', verb, bytes: 0 },
      command: { folder: '/', words: [] },
      asked: JSON.parse(JSON.stringify(asked)),
      stages,
    }
    await beginRun(folder, plan)
    const key = await runKeyOf(folder)
    if (key === null) throw new Error('no key')
    const doTasks = async (failing: readonly string[]): Promise<void> => {
      const jobs = Array.from({ length: processes }, open)
      const round = await roundOf(folder)
      for (const { name } of plan.stages)
        for (const [i, task] of order(tasksOf(plan, name)).entries()) {
          const own = jobs[i % processes]
          const job: SpreadJob | undefined = failing.includes(nameOf(task))
            ? { run: async () => await Promise.reject(new Error('poison')) }
            : own
          for (let attempt = 1; job && attempt <= mostAttempts; attempt++)
            try {
              const done = await runTask({ folder, plan, key, job, round }, task, signal)
              if (done.outcome === 'set-aside' && done.why !== 'poison') throw new Error(done.why ?? '')
              break
            } catch (error) {
              if (!(error instanceof Error) || error.message !== 'poison') throw error
            }
        }
    }
    await doTasks(poison)
    let reportRead = 0
    const told = (): Promise<Result> =>
      report(folder, key, (bytes) => {
        reportRead += bytes
      })
    let made = await told()
    if (mended) {
      await markNotWhole(folder)
      await tryAgain({ folder, plan })
      await doTasks([])
      made = await told()
    }
    const { bytesRead } = await statusOf({ folder, plan })
    let stretches = 0
    let whole = 0
    for (const file of await folder.list('parts/')) {
      const part = /(?:map|whole)\d*-\d+\.json$/.test(file) ? ((await readJson(folder, file)) as EndedPart | null) : null
      if (part === null || part.totals.isEmpty) continue
      if (file.startsWith('parts/whole')) whole++
      else stretches++
    }
    return { made, bytesRead, reportRead, path, stretches, whole }
  } finally {
    if (!keep) rmSync(path, { recursive: true, force: true })
  }
}

export async function validateInTasks(
  input: ValidateInput,
  how: InTasks,
  createJudge?: CreateJudge,
  keep = false,
): Promise<Spread> {
  const asked: ValidateAsked = { ...askedOf(input, how), partitions: how.partitions }
  const { signal } = new AbortController()
  const { made, ...facts } = await inTasks(
    'validate',
    asked,
    stagesOf(asked),
    () => new ValidateTasks(asked, input, { ...(input.asOf ? { asOf: input.asOf } : {}) }),
    async (folder, key, read) => {
      const told = await toldValidation(folder, key, asked, input, read, signal)
      return { result: await finish(validate(told.input, signal, createJudge)), readHere: told.readHere }
    },
    how,
    keep,
  )
  return { ...made, ...facts }
}

export async function profileInTasks(
  input: ProfileInput,
  how: InTasks,
  keep = false,
): Promise<SpreadFacts & { readonly result: ProfileResult; readonly readHere: readonly string[] }> {
  const asked: BlocksAsked = askedOf(input, how)
  const { made, ...facts } = await inTasks(
    'profile',
    asked,
    profileStages(asked),
    () => new ProfileTasks(asked, input),
    (folder, key, read) => toldProfile(folder, key, asked, input, read, new AbortController().signal),
    how,
    keep,
  )
  return { ...made, ...facts }
}

export async function reconcileInTasks(
  input: ReconcileInput,
  how: InTasks,
  keep = false,
): Promise<SpreadFacts & { readonly result: ReconcileResult }> {
  const asked: ReconcileAsked = { ...askedOf(input, how), partitions: how.partitions }
  const { made, ...facts } = await inTasks(
    'reconcile',
    asked,
    reconcileStages(asked),
    () => new ReconcileTasks(asked, input),
    (folder, key, read) => toldReconciliation(folder, key, asked, input, read, new AbortController().signal),
    how,
    keep,
  )
  return { result: made, ...facts }
}

function askedOf(
  { inputs }: { readonly inputs: readonly { readonly source: ByteSource }[] },
  { blockBytes, scanned }: InTasks,
): BlocksAsked {
  return {
    blockBytes,
    ...(scanned === undefined ? {} : { scanBytes: blockBytes * scanned }),
    inputs: inputs.map(({ source: { name, size } }) => ({ name, bytes: size })),
  }
}

/** A result as JSON without the digests of files that were not read in one piece. */
export function comparable(result: ValidateResult): string {
  const inputs = result.inputs.map((one) => ({ ...one, sha256: null, sha256Blocks: undefined }))
  return JSON.stringify({ ...result, inputs }, null, 1)
}

export async function linkInTasks(
  input: LinkInput,
  how: InTasks,
  keep = false,
): Promise<SpreadFacts & { readonly result: LinkResult }> {
  const asked: LinkAsked = { ...askedOf(input, how), shares: how.partitions }
  const { made, ...facts } = await inTasks(
    'link',
    asked,
    linkStages(asked),
    () => new LinkTasks(asked, input),
    (folder, key, read) => toldLinks(folder, key, asked, input, read, new AbortController().signal),
    how,
    keep,
  )
  return { result: made, ...facts }
}

/** A mapping in tasks: its result, and its files by path as `mapRecords` writes them. @param fileBytes of a shuffle file */
export async function mapInTasks(
  input: MapInput,
  how: InTasks,
  keep = false,
  fileBytes?: number,
): Promise<SpreadFacts & MappedFiles> {
  const blocks = askedOf({ inputs: legacyOf(input.inputs) }, how)
  const asked: MapAsked = { ...blocks, mapping: '', writes: true, turns: mapTurns(input) }
  const { made, ...facts } = await inTasks(
    'map',
    asked,
    mapStages(asked),
    () => new MapTasks(asked, input, fileBytes),
    (folder, key, read) =>
      mappedFiles(
        toldMap(folder, key, asked, input, how.poison === undefined || how.mended === true, read, new AbortController().signal),
      ),
    how,
    keep,
  )
  return { ...made, ...facts }
}

export interface MappedFiles {
  readonly result: MapResult
  /** Latin-1 of the bytes, by path. */
  readonly files: Readonly<Record<string, string>>
}

export async function mappedFiles(updates: AsyncIterable<Update<OutputChunk, MapResult>>): Promise<MappedFiles> {
  const files: Record<string, string> = {}
  for await (const update of updates) {
    if (update.kind === 'partial')
      files[update.value.path] = (files[update.value.path] ?? '') + Buffer.from(update.value.bytes).toString('latin1')
    if (update.kind === 'result') return { result: update.value, files: Object.fromEntries(Object.entries(files).sort()) }
  }
  throw new Error('no result')
}
