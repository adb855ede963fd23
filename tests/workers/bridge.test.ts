import { afterEach, expect, test, vi } from 'vitest'
import type { Update } from '../../src/core/operation.ts'
import { OperationWorker, type Proof } from '../../workers/bridge.ts'

interface Message {
  readonly id: string
  readonly type: string
  readonly path?: readonly string[]
  readonly argumentList?: readonly { readonly value: unknown }[]
}

/** A worker as the page sees it: answers `quick` at once; a `stuck` run never lets go, as a long computation does. */
class PretendedWorker {
  static made = 0
  static begun = 0
  private readonly listeners = new Set<(event: { readonly data: unknown }) => void>()
  private readonly runs: unknown[] = []
  private ended = false

  constructor() {
    PretendedWorker.made++
  }

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    if (type === 'message') this.listeners.add(listener)
  }

  removeEventListener(_: string, listener: (event: { readonly data: unknown }) => void): void {
    this.listeners.delete(listener)
  }

  postMessage({ id, type, path = [], argumentList = [] }: Message): void {
    if (type !== 'APPLY') return
    const given = argumentList[0]?.value
    if (path[0] === 'begin') PretendedWorker.begun++
    if (path[0] === 'begin') this.answer(id, this.runs.push(given) - 1)
    // One thread: while it computes, it hears nothing.
    else if (!this.runs.includes('stuck') && path[0] === 'pull')
      this.answer(id, { updates: [{ kind: 'result', value: this.runs[Number(given)] }], done: true })
  }

  terminate(): void {
    this.ended = true
  }

  private answer(id: string, value: unknown): void {
    setTimeout(() => {
      if (!this.ended) for (const listener of this.listeners) listener({ data: { id, type: 'RAW', value } })
    })
  }
}

afterEach(() => vi.unstubAllGlobals())

function pretended(proof: Proof = async () => {}): OperationWorker<string, never, string> {
  PretendedWorker.made = 0
  PretendedWorker.begun = 0
  vi.stubGlobal('Worker', PretendedWorker)
  vi.stubGlobal('location', { href: 'http://localhost/', origin: 'http://localhost' })
  return new OperationWorker('/workers/any.worker.ts', proof)
}

async function resultOf(updates: AsyncIterable<Update<never, string>>): Promise<string> {
  for await (const update of updates) if (update.kind === 'result') return update.value
  return 'no result'
}

test('a run waiting behind one that is cancelled and does not let go gets its result from a fresh worker', async () => {
  const worker = pretended()
  const controller = new AbortController()
  const stuck = resultOf(worker.run('stuck', controller.signal))
  const behind = resultOf(worker.run('quick', new AbortController().signal))
  setTimeout(() => controller.abort(), 20)
  await expect(stuck).rejects.toThrow('Cancelled')
  expect(await behind).toBe('quick')
  expect(PretendedWorker.made).toBe(2)
})

test('what a worker was asked fails when it is ended', async () => {
  const worker = pretended()
  const stuck = resultOf(worker.run('stuck', new AbortController().signal))
  setTimeout(() => worker.close(), 20)
  await expect(stuck).rejects.toThrow('The worker was ended')
})

test('a run cancelled while it waits for its turn leaves at once, and those behind it go on', async () => {
  const worker = pretended()
  const [first, second] = [new AbortController(), new AbortController()]
  const stuck = resultOf(worker.run('stuck', first.signal))
  const waiting = resultOf(worker.run('quick', second.signal))
  const last = resultOf(worker.run('last', new AbortController().signal))
  second.abort()
  await expect(waiting).rejects.toThrow('Cancelled')
  first.abort()
  await expect(stuck).rejects.toThrow('Cancelled')
  expect(await last).toBe('last')
})

test('every worker that is started is proven before it is given anything, and only once', async () => {
  let proofs = 0
  const worker = pretended(async () => {
    proofs++
  })
  expect(await worker.prove()).toBeNull()
  expect(await resultOf(worker.run('one', new AbortController().signal))).toBe('one')
  expect(await resultOf(worker.run('two', new AbortController().signal))).toBe('two')
  expect([proofs, PretendedWorker.made]).toEqual([1, 1])
  worker.close()
  expect(await resultOf(worker.run('three', new AbortController().signal))).toBe('three')
  expect([proofs, PretendedWorker.made]).toEqual([2, 2])
})

test('a worker that is not held back is given nothing, however often it is asked', async () => {
  const begun: unknown[] = []
  const worker = pretended(async () => {
    throw new Error('It can send requests to other hosts')
  })
  for (const input of ['first', 'second'])
    await expect(resultOf(worker.run(input, new AbortController().signal)).then((result) => begun.push(result))).rejects.toThrow(
      'It can send requests',
    )
  expect(begun).toEqual([])
  expect(PretendedWorker.begun).toBe(0)
})
