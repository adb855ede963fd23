/** The queue of one run: BullMQ on PostgreSQL or on Redis. It carries tasks and nothing else, and it may be lost. */
import type { FlowProducer, Job, Queue, Worker } from 'bullmq'
import { pause } from './pause.ts'
import { mostAttempts } from './run-task.ts'
import { nameOf, type Task, taskOf } from './tasks.ts'

/** Where the tables of queues lie in PostgreSQL; on Redis every key begins with it. */
const place = 'carryover_queue'
/** A worker that is not heard of for so long is taken for gone, and its task goes to another one. Milliseconds. */
const lockDuration = 15_000
const stalledInterval = 5_000
/** What ends a job whose task failed. The reason stands in the work folder; a queue is told no message of a file. */
const failed = 'The task failed; the work folder says why.'

/** A task that somebody does right now. */
export interface ActiveTask {
  readonly task: Task
  /** Milliseconds since it was taken up. */
  readonly forMilliseconds: number
}

export interface RunQueue {
  /** Adds tasks of one stage and a gate behind them, which is opened once all of them ended. Those it has already are not added twice. */
  add(tasks: readonly Task[]): Promise<void>
  /** A second copy of a task that takes too long. */
  addCopy(task: Task): Promise<void>
  /** Jobs that wait or are being done, without gates that wait for them. */
  pending(): Promise<number>
  active(): Promise<ActiveTask[]>
  /** Everything of the run is gone from the queue. */
  erase(): Promise<void>
  close(): Promise<void>
}

export interface QueueServer {
  close(): Promise<void>
}

/** What a worker does with what it is given. */
export interface QueueHands {
  /** Any error means: again, by whoever is free. */
  task(task: Task): Promise<void>
  /** Every task of a stage ended. */
  gate(): Promise<void>
  /** The queue can not be reached, or the like; at most one message in ten seconds. */
  trouble(error: Error): void
}

export function isQueueAddress(text: string): boolean {
  return /^(postgres(ql)?|rediss?):\/\/./.test(text)
}

/** An address for a person: without user and password. */
export function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '')
}

interface Heard {
  on(event: 'error', hear: (error: Error) => void): unknown
}

/** What is used of BullMQ, on either database. */
interface Classes {
  queue(name: string): Heard & Pick<Queue, 'waitUntilReady' | 'add' | 'getJobCounts' | 'getActive' | 'obliterate' | 'close'>
  flow(): Heard & Pick<FlowProducer, 'add' | 'close'>
  worker(name: string, process: (job: Job) => Promise<null>): Heard & Pick<Worker, 'waitUntilReady' | 'close'>
}

async function classesOf(address: string, migrate: boolean): Promise<Classes> {
  const bullmq = await import('bullmq').catch(() => {
    throw new Error('The package bullmq is not there. Install Carryover with its optional packages.')
  })
  const served = { maxStalledCount: mostAttempts, lockDuration, stalledInterval, concurrency: 1, drainDelay: 1 }
  if (address.startsWith('redis')) {
    const given = { connection: { url: address, maxRetriesPerRequest: null }, prefix: place }
    return {
      queue: (name) => new bullmq.Queue(name, given),
      flow: () => new bullmq.FlowProducer(given),
      worker: (name, process) => new bullmq.Worker(name, process, { ...given, ...served }),
    }
  }
  const given = { connection: { connectionString: address, schema: place, migrate } }
  const { Queue, Worker, FlowProducer } = bullmq.withBackend(bullmq.createPostgresBackend)
  return {
    queue: (name) => new Queue(name, given),
    flow: () => new FlowProducer(given),
    worker: (name, process) => new Worker(name, process, { ...given, ...served }),
  }
}

const gateName = 'gate'
const kept = { removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 }
/** One more than the folder counts: the start after the last attempt sets the task aside. */
const tried = { ...kept, attempts: mostAttempts + 1, backoff: { type: 'fixed', delay: 500 } }

/**
 * @param name of the queue, one per run
 * @param migrate whether tables are made or brought up to date: the command that begins a run does, workers never
 */
export async function openQueue(address: string, name: string, migrate: boolean): Promise<RunQueue> {
  const classes = await classesOf(address, migrate)
  const queue = classes.queue(name)
  const flow = classes.flow()
  queue.on('error', () => undefined)
  flow.on('error', () => undefined)
  await queue.waitUntilReady()
  return {
    async add(tasks) {
      const [first] = tasks
      if (first === undefined) return
      await flow.add({
        ...{
          name: gateName,
          queueName: name,
          data: { stage: first.stage },
          opts: { ...kept, jobId: `${gateName}-${first.stage}` },
        },
        children: tasks.map((task) => ({
          ...{ name: 'task', queueName: name, data: task },
          opts: { ...tried, jobId: nameOf(task), ignoreDependencyOnFailure: true },
        })),
      })
    },
    async addCopy(task) {
      await queue.add('task', task, { ...kept, attempts: 1, jobId: `${nameOf(task)}-copy`, lifo: true })
    },
    async pending() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    async active() {
      const now = Date.now()
      return (await queue.getActive(0, 1000)).flatMap((job) => {
        const task = taskOf(job.data)
        const { processedOn = now } = job as { readonly processedOn?: number }
        return task === null ? [] : [{ task, forMilliseconds: now - processedOn }]
      })
    },
    async erase() {
      await queue.obliterate({ force: true })
    },
    async close() {
      await queue.close()
      await flow.close()
    },
  }
}

/** Takes one job after the other until it is closed. Waits until the queue can be reached, and has its tables. */
export async function serveQueue(
  address: string,
  name: string,
  hands: QueueHands,
  signal: AbortSignal,
): Promise<QueueServer | null> {
  const trouble = seldom(hands.trouble)
  while (!(await isReady(address, name, trouble))) {
    await pause(2_000, signal)
    if (signal.aborted) return null
  }
  const worker = (await classesOf(address, false)).worker(name, async (job) => {
    const task = taskOf(job.data)
    try {
      if (job.name === gateName) await hands.gate()
      else if (task !== null) await hands.task(task)
    } catch {
      throw new Error(failed)
    }
    return null
  })
  worker.on('error', trouble)
  return { close: async () => await worker.close(true) }
}

/** A worker of a queue without tables would ask for them again without a pause. */
async function isReady(address: string, name: string, trouble: (error: Error) => void): Promise<boolean> {
  const queue = (await classesOf(address, false)).queue(name)
  queue.on('error', trouble)
  try {
    await queue.waitUntilReady()
    await queue.getJobCounts('active')
    return true
  } catch (error) {
    trouble(error instanceof Error ? error : new Error(String(error)))
    return false
  } finally {
    await queue.close().catch(() => undefined)
  }
}

function seldom(tell: (error: Error) => void): (error: Error) => void {
  let told = -Infinity
  return (error) => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    tell(error)
  }
}
