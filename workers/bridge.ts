/**
 * The bridge between page and workers, and the only importer of comlink. It carries what comlink can not:
 * an async iterable with back-pressure, an AbortSignal, and errors that keep their code.
 */
import { expose, type Remote, releaseProxy, transfer, wrap } from 'comlink'
import { Cancelled, type Operation, type Update } from '../src/core/operation.ts'
import { type PolicyProbe, probePolicy } from '../src/io/server/policy-probe.ts'

/** What a worker offers: one operation, pulled step by step so that a slow page slows the worker down. */
interface Served {
  begin(input: unknown): number
  pull(run: number): Promise<Pulled>
  /** Resolves when the operation has let go of its files. */
  cancel(run: number): Promise<void>
  probe(siblingOrigin: string | null): Promise<PolicyProbe>
}

type Pulled =
  | { readonly updates: readonly Update<unknown, unknown>[]; readonly done: boolean }
  | {
      readonly error: {
        readonly name: string
        readonly message: string
        readonly code: string | null
        readonly stack: string | null
      }
    }

interface Running {
  readonly iterator: AsyncIterator<Update<unknown, unknown>>
  readonly controller: AbortController
}

/** Worker side: offers an operation. A worker file is this one call. */
export function serve<Input, P, R>(operation: Operation<Input, P, R>): void {
  const running = new Map<number, Running>()
  let next = 1
  const served: Served = {
    begin(input) {
      const controller = new AbortController()
      const run = next++
      running.set(run, { iterator: operation(input as Input, controller.signal)[Symbol.asyncIterator](), controller })
      return run
    },
    async pull(run) {
      const entry = running.get(run)
      if (!entry) return { updates: [], done: true }
      try {
        const step = await entry.iterator.next()
        if (!step.done && step.value.kind !== 'result') return { updates: [step.value], done: false }
        // The result is the last word: that nothing comes after it need not be asked for.
        if (!step.done) await entry.iterator.next()
        running.delete(run)
        return { updates: step.done ? [] : [step.value], done: true }
      } catch (error) {
        running.delete(run)
        return { error: describeError(error) }
      }
    },
    async cancel(run) {
      const entry = running.get(run)
      running.delete(run)
      entry?.controller.abort()
      await entry?.iterator.return?.(undefined)
    },
    probe: (siblingOrigin) => probePolicy(siblingOrigin),
  }
  expose(served)
}

function describeError(error: unknown): { name: string; message: string; code: string | null; stack: string | null } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: null, stack: null }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return { name: error.name, message: error.message, code, stack: error.stack ?? null }
}

/** An error that crossed the bridge, with the code it had in the worker. */
export class WorkerError extends Error {
  readonly code: string | null
  constructor(name: string, message: string, code: string | null, stack: string | null) {
    super(message)
    this.name = name
    this.code = code
    if (stack !== null) this.stack = stack
  }
}

const policyName = 'carryover'
const workerPath = /\/(?:assets|workers)\/[\w.-]+$|\/workers\/[\w.-]+\.worker\.ts|^\/service-worker\.js$/

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

let scriptUrls: { createScriptURL(url: string): string } | null = null

/** The one Trusted Types policy of the app: only worker scripts of this build, from this origin. */
export function trustedWorkerUrl(url: string): string {
  const check = (candidate: string): string => {
    const resolved = new URL(candidate, location.href)
    if (resolved.origin !== location.origin || !workerPath.test(resolved.pathname))
      throw new TypeError(`${resolved.pathname} is not a worker of this build`)
    return resolved.href
  }
  const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!factory) return check(url)
  scriptUrls ??= factory.createPolicy(policyName, { createScriptURL: check })
  return scriptUrls.createScriptURL(url)
}

/** Looks at what a worker's own policy holds back, and at its script; rejects where the worker must not be given anything. */
export type Proof = (probe: (siblingOrigin: string | null) => Promise<PolicyProbe>, script: URL) => Promise<void>

/** For a worker that a worker starts: there is nobody to tell, so what can reach the network is given nothing. */
const mustHoldBack: Proof = async (probe) => {
  const held = await probe(null)
  if (!held.fetch || !held.importScript || held.open.length > 0) throw new Error('The worker is not held back from the network')
}

/** How long a cancelled worker may take to let go before it is ended. */
const graceMilliseconds = 150

interface Connection {
  readonly worker: Worker
  readonly remote: Remote<Served>
  /** Rejects when the worker fails or is ended; an answer that is awaited then would never come. */
  readonly failed: Promise<never>
  readonly end: (error: WorkerError) => void
  /** The proof of this very worker, once it has been asked for. */
  proven: Promise<void> | null
}

/** Page side: a worker that runs one kind of operation, one run at a time: ending it for one run must not take another along. */
export class OperationWorker<Input, P, R> {
  private connection: Connection | null = null
  private turn: Promise<void> = Promise.resolve()
  private readonly url: string
  private readonly proof: Proof

  /**
   * @param url address of the worker's script, as the build gives it (`?worker&url`)
   * @param proof asked of every worker that is started here, before it is given anything
   */
  constructor(url: string, proof: Proof = mustHoldBack) {
    this.url = url
    this.proof = proof
  }

  /**
   * Runs the operation. Leaving the loop or aborting the signal stops the work; a worker that does not let go in time is ended.
   * @param handed what of the input goes over to the worker and is of no use here any more
   */
  async *run(input: Input, signal: AbortSignal, handed: readonly Transferable[] = []): AsyncGenerator<Update<P, R>> {
    if (signal.aborted) throw new Cancelled()
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Cancelled()), { once: true })
    })
    aborted.catch(() => undefined)
    const before = this.turn
    let leave = (): void => undefined
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    this.turn = before.then(() => left)
    try {
      await Promise.race([before, aborted])
      yield* this.pull(handed.length === 0 ? input : transfer(input, [...handed]), aborted)
    } finally {
      leave()
    }
  }

  private async *pull(input: Input, aborted: Promise<never>): AsyncGenerator<Update<P, R>> {
    const connection = this.connect()
    const { remote, failed } = connection
    await Promise.race([this.proveOnce(connection), aborted])
    const begun = remote.begin(input)
    let ended = false
    try {
      const run = await Promise.race([begun, failed, aborted])
      while (!ended) {
        const pulled = await Promise.race([remote.pull(run), failed, aborted])
        if ('error' in pulled) {
          ended = true
          const { name, message, code, stack } = pulled.error
          throw code === 'cancelled' ? new Cancelled() : new WorkerError(name, message, code, stack)
        }
        ended = pulled.done
        yield* pulled.updates as readonly Update<P, R>[]
      }
    } finally {
      if (!ended) await this.letGo(begun.then((run) => remote.cancel(run)))
    }
  }

  /** Starts the worker and proves it ahead of its first run; resolves with null, or with what speaks against it. */
  async prove(): Promise<Error | null> {
    try {
      await this.proveOnce(this.connect())
      return null
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  private proveOnce(connection: Connection): Promise<void> {
    connection.proven ??= this.proof(
      (siblingOrigin) => Promise.race([connection.remote.probe(siblingOrigin), connection.failed]),
      new URL(this.url, location.href),
    ).catch((error: unknown) => {
      // A worker that failed is never asked again: the next run starts another one, which is proven anew.
      const why = error instanceof Error ? error.message : String(error)
      const unproven = new WorkerError('WorkerError', why, 'worker-unproven', null)
      connection.end(unproven)
      throw unproven
    })
    return connection.proven
  }

  /** Ends the worker; what it was asked fails, the next run starts a fresh one. */
  close(): void {
    this.connection?.end(new WorkerError('WorkerError', 'The worker was ended', 'worker-ended', null))
  }

  private async letGo(cancelled: Promise<void>): Promise<void> {
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), graceMilliseconds))
    if ((await Promise.race([cancelled.catch(() => 'late' as const), late])) === 'late') this.close()
  }

  private connect(): Connection {
    if (this.connection) return this.connection
    const worker = new Worker(trustedWorkerUrl(this.url), { type: 'module' })
    const remote = wrap<Served>(worker)
    let fail = (_: WorkerError): void => undefined
    const failed = new Promise<never>((_, reject) => {
      fail = reject
    })
    failed.catch(() => undefined)
    const connection: Connection = {
      worker,
      remote,
      failed,
      end: (error) => {
        if (this.connection === connection) this.connection = null
        remote[releaseProxy]()
        worker.terminate()
        fail(error)
      },
      proven: null,
    }
    worker.addEventListener('error', (event) => {
      connection.end(new WorkerError('WorkerError', event.message || 'The worker could not start', 'worker-failed', null))
    })
    this.connection = connection
    return connection
  }
}
