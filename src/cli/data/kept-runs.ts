/** Runs to compare: JSON of reports, runs kept in a project, or all runs of a project. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ComparedFinding } from '../../core/data/baseline/compare-runs.ts'
import { type ReadInput, readBaseline } from '../../core/data/baseline/read-baseline.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { Project } from '../../core/project/format/project.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { readProject } from '../../io/store/store-node.ts'
import { isProject } from '../inputs/project-inputs.ts'
import { InputError } from '../shell/usage-error.ts'

export interface KeptRun {
  readonly name: string
  readonly findings: readonly ComparedFinding[]
  /** Inputs that it read whole; null where it does not say. */
  readonly inputs: readonly ReadInput[] | null
}

/** In the order given; a project stands for all its runs that went through, oldest first. */
export async function keptRuns(paths: readonly string[]): Promise<readonly KeptRun[]> {
  const runs: KeptRun[] = []
  for (const path of paths) {
    if (await isProject(path)) {
      const { runs: kept } = await projectAt(path)
      const whole = kept.filter(({ partial }) => !partial)
      runs.push(
        ...whole.map(({ id, findings, inputs, workflows }) => {
          const read = inputs.filter(({ status }) => status === 'read').map(({ name, records }) => ({ name, records }))
          const judged = workflows.map((workflow) => ({ name: workflow.id, records: null }))
          return { name: id, findings, inputs: inputs.length === 0 ? null : [...read, ...judged] }
        }),
      )
      continue
    }
    const text = await readFile(path, 'utf8').catch(() => null)
    if (text === null) throw new InputError(`${path} can not be read. Give the JSON of a run, or a project.`)
    const read = readBaseline(text)
    if (typeof read === 'string') throw new InputError(`${path} ${read}.`)
    if (read.before === null) throw new InputError(`${path} holds accepted findings, not a run.`)
    runs.push({ name: basename(path), findings: read.before, inputs: read.inputs ?? null })
  }
  return runs
}

export async function projectAt(path: string): Promise<Project> {
  const files = await readProject(path).catch((error: unknown) => {
    throw error instanceof StoreProblem ? new InputError(error.message) : error
  })
  const { project, problems } = openProject(files)
  if (!project) throw new InputError(`${path} can not be opened: ${problems[0]?.what ?? 'it is not a Carryover project.'}`)
  return project
}
