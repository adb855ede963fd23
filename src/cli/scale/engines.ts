/** Engines by the name that `--engine` gives them. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isStoreAddress } from '../../io/s3/s3-names.ts'
import type { Engine } from '../../scale/engine.ts'
import { LocalEngine } from '../../scale/local.ts'
import { QueueEngine } from '../../scale/queue-engine.ts'
import { isQueueAddress } from '../../scale/run-queue.ts'
import { SlurmEngine } from '../../scale/slurm.ts'
import { TaskProcess } from '../../scale/task-process.ts'
import { UsageError } from '../shell/usage-error.ts'

/** Where workers and the command that begins a run find the address of a queue that should not stand on a command line. */
export const engineVariable = 'CARRYOVER_ENGINE'

/**
 * @param work the work folder, as processes open it
 * @param mostBytes a process that is larger after a task is replaced
 */
export function engineOf(name: string | undefined, work: string, mostBytes: number): Engine {
  const given = name ?? process.env[engineVariable]
  if (given === undefined) throw new UsageError('run needs --engine, such as local:4.')
  if (isQueueAddress(given)) return new QueueEngine(given)
  const slurm = /^slurm(?::([\w.-]+))?$/.exec(given)
  if (slurm && isStoreAddress(work))
    throw new UsageError('slurm needs --work on a disk that every node sees: its scripts lie there. Other engines take a bucket.')
  if (slurm) return new SlurmEngine({ work, mostBytes, program: programFile(), partition: slurm[1] ?? null })
  const local = /^local:([1-9]\d{0,2})$/.exec(given)
  if (!local)
    throw new UsageError(`--engine got "${given}"; it takes local:N, postgres://…, redis://…, slurm or slurm:PARTITION.`)
  return new LocalEngine(Array.from({ length: Number(local[1]) }, () => taskProcess(work, mostBytes)))
}

/** @param key of the run, where it stands in no file */
export function taskProcess(work: string, mostBytes: number, key?: string): TaskProcess {
  return new TaskProcess({ script: besideThis('scale-task.js'), work, mostBytes, ...(key === undefined ? {} : { key }) })
}

/** The built program, for jobs that start it on another machine. */
export function programFile(): string {
  return besideThis('carryover.js')
}

function besideThis(name: string): string {
  return join(dirname(fileURLToPath(import.meta.url)), name)
}
