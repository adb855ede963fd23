/** The engine of a queue in PostgreSQL or Redis. Workers do the tasks; this end fills the queue, and fills it again where it was lost. */
import type { Engine, EngineNews, Run } from './engine.ts'
import { followFolder, type StageSeen } from './follow-folder.ts'
import { nextTasks } from './next-tasks.ts'
import { queueNameOf } from './queue-name.ts'
import { openQueue, type RunQueue, withoutSecrets } from './run-queue.ts'
import { stragglersOf } from './stragglers.ts'
import { nameOf } from './tasks.ts'

/** So often the queue is filled again without a task that ends, and something else is wrong. */
const mostFillings = 3
/** So many looks at a queue that has nothing to do while tasks are missing, and it was lost. */
const looksUntilLost = 4

export class QueueEngine implements Engine {
  readonly name: string
  private readonly address: string
  private opened: Promise<RunQueue> | null = null

  /** @param address `postgres://…` or `redis://…` */
  constructor(address: string) {
    this.address = address
    this.name = withoutSecrets(address)
  }

  async submit(run: Run): Promise<void> {
    await (await this.queueOf(run)).add(await nextTasks(run))
  }

  async *follow(run: Run, signal: AbortSignal): AsyncGenerator<EngineNews> {
    const queue = await this.queueOf(run)
    const copied = new Set<string>()
    let stage = ''
    let workers = 0
    let idle = 0
    let fillings = 0
    const between = async (seen: StageSeen): Promise<void> => {
      // The stage before may have ended by a copy, which opens no gate.
      if (seen.stage !== stage) await queue.add(await nextTasks(run))
      stage = seen.stage
      idle = (await queue.pending()) === 0 ? idle + 1 : 0
      if (idle >= looksUntilLost) {
        if (fillings++ >= mostFillings)
          throw new Error(`No task ended after the queue was filled ${mostFillings} times. Read what the workers say.`)
        await queue.erase()
        await queue.add(await nextTasks(run))
        idle = 0
      }
      const active = await queue.active()
      workers = active.length
      for (const { task } of stragglersOf(seen, active)) {
        if (copied.has(nameOf(task))) continue
        copied.add(nameOf(task))
        await queue.addCopy(task)
      }
    }
    try {
      for await (const done of followFolder(run, signal, between)) {
        fillings = 0
        yield { done, workers }
      }
    } finally {
      // Whoever stops to follow leaves the run to its workers; a run that is over leaves nothing behind.
      if (!signal.aborted) await queue.erase()
      await this.close()
    }
  }

  async cancel(run: Run): Promise<void> {
    // Workers see in the folder that the run was called off, and end their processes.
    await (await this.queueOf(run)).erase()
    await this.close()
  }

  private queueOf({ folder }: Run): Promise<RunQueue> {
    this.opened ??= queueNameOf(folder).then((name) => openQueue(this.address, name, true))
    return this.opened
  }

  private async close(): Promise<void> {
    const opened = this.opened
    this.opened = null
    await (await opened)?.close()
  }
}
