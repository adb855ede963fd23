/** The engine `slurm`: a script per stage, each an array over stretches of tasks that begins when the array before it is through. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Engine, type EngineNews, missingOf, type Run } from './engine.ts'
import { followFolder } from './follow-folder.ts'
import { queueNameOf } from './queue-name.ts'

/** `MaxArraySize` of a cluster is 1,001 unless it says otherwise, and limits the index: each element takes a stretch of tasks. */
const mostElements = 1_000
/** How often a script starts its worker again; `runTask` counts the attempts of each task. */
const mostStarts = 4
/** Exit codes with which no repetition helps: wrong use, not as planned, called off. */
const final = [2, 3, 130]
/** How often the arrays are submitted again when the cluster lost them. */
const mostRounds = 3
/** Looks at the folder between two at the cluster. */
const looksBetween = 6

export interface SlurmOptions {
  /** The work folder, on a file system that every node sees under the same path. */
  readonly work: string
  readonly mostBytes: number
  /** Path of the built program, the same on every node. */
  readonly program: string
  /** That of the cluster when null. */
  readonly partition: string | null
}

const execute = promisify(execFile)

export class SlurmEngine implements Engine {
  readonly name: string
  private readonly options: SlurmOptions

  constructor(options: SlurmOptions) {
    this.name = options.partition === null ? 'slurm' : `slurm:${options.partition}`
    this.options = options
  }

  async submit(run: Run): Promise<void> {
    if ((await this.jobsOf(run)) > 0) return
    const job = await queueNameOf(run.folder)
    let after: string | null = null
    for (const { name, tasks } of run.plan.stages) {
      if ((await missingOf(run, name)).length === 0) continue
      const elements = Math.min(tasks, mostElements)
      // A script of an earlier round is the same.
      const script = `slurm/${name}.sh`
      await run.folder.write(script, new TextEncoder().encode(stageScript(this.options, name, elements)))
      const words: string[] = [
        ...['--parsable', `--job-name=${job}`, `--array=0-${elements - 1}`, '--kill-on-invalid-dep=yes', '--requeue'],
        // The environment of whoever submits stays here: it may hold passwords.
        ...['--export=PATH,HOME', `--output=${join(this.options.work, 'slurm', `${name}-%a.log`)}`, '--open-mode=append'],
        ...(this.options.partition === null ? [] : [`--partition=${this.options.partition}`]),
        ...(after === null ? [] : [`--dependency=afterok:${after}`]),
        join(this.options.work, script),
      ]
      after = (await slurm('sbatch', words)).trim().split(';')[0] ?? ''
    }
  }

  async *follow(run: Run, signal: AbortSignal): AsyncGenerator<EngineNews> {
    let workers = 0
    let looks = 0
    let rounds = 1
    const between = async (): Promise<void> => {
      if (looks++ % looksBetween > 0) return
      workers = await this.jobsOf(run)
      if (workers > 0 || looks === 1) return
      if (rounds++ >= mostRounds)
        throw new Error(
          `Slurm ended its jobs ${mostRounds} times before the run was through. Read ${this.options.work}/slurm/*.log.`,
        )
      await this.submit(run)
    }
    for await (const done of followFolder(run, signal, between)) yield { done, workers }
  }

  async cancel({ folder }: Run): Promise<void> {
    await slurm('scancel', [`--name=${await queueNameOf(folder)}`])
  }

  /** Elements that wait or run. */
  private async jobsOf({ folder }: Run): Promise<number> {
    const lines = await slurm('squeue', ['--noheader', '--array', '--format=%i', `--name=${await queueNameOf(folder)}`])
    return lines.split('\n').filter((line) => line.trim() !== '').length
  }
}

/** One stage: element `i` of the array does its stretch, and starts again after a fault. `scontrol requeue` would wait two minutes. */
export function stageScript({ work, mostBytes, program }: SlurmOptions, stage: string, elements: number): string {
  const words = ['worker', '--work', work, '--memory', String(mostBytes), '--stage', stage].map(quoted).join(' ')
  return `#!/bin/bash
# Tasks of the stage ${stage}, in ${elements} stretches.
for start in $(seq ${mostStarts}); do
  ${quoted(process.execPath)} ${quoted(program)} ${words} --share "$SLURM_ARRAY_TASK_ID/${elements}"
  code=$?
  case $code in 0) exit 0 ;; ${final.join(' | ')}) exit $code ;; esac
  sleep "$start"
done
exit $code
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

async function slurm(program: string, words: readonly string[]): Promise<string> {
  try {
    return (await execute(program, [...words])).stdout
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string }
    throw new Error(
      code === 'ENOENT'
        ? `There is no ${program} here: --engine slurm needs the commands of Slurm.`
        : `${program}: ${stderr.trim()}`,
    )
  }
}
