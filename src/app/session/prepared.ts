/** Answers that the build computed beforehand. They serve while the sample opens; whatever runs later is computed here. */
import { answerKey, type PreparedOperation } from '../../../samples/riverside/prepared.ts'
import { Cancelled, stopIfAborted, type Update } from '../../core/operation.ts'
import type { RecordPair } from '../../core/review/model/pair-types.ts'
import type { WantedRecords } from '../../core/review/pair/pair.ts'

/** Fetches the answer of a key; null where none is prepared. */
export type PreparedAnswers = (key: string) => Promise<unknown> | null

let answers: PreparedAnswers | null = null

/** Hex SHA-256 of files that came with the build, checked by the browser as they came. */
const digests = new WeakMap<Blob, string>()

/** Asks these answers first until the work has ended. */
export async function withPrepared<Result>(prepared: PreparedAnswers | null, work: () => Promise<Result>): Promise<Result> {
  answers = prepared
  try {
    return await work()
  } finally {
    answers = null
  }
}

export function knowDigest(file: Blob, sha256: string): void {
  digests.set(file, sha256)
}

/** The prepared answer; where the question is another one, or its answer does not come, the work is done here. */
export async function* preparedRun<P, R>(
  operation: PreparedOperation,
  input: unknown,
  signal: AbortSignal,
  compute: () => AsyncIterable<Update<P, R>>,
): AsyncGenerator<Update<P, R>> {
  const answer = await answerTo(operation, input, signal)
  // The build wrote what this very operation gave for this very question.
  if (answer) yield { kind: 'result', value: answer.value as R }
  else yield* compute()
}

/** The records of these patients, where all of them are prepared for this question; otherwise read here. */
export async function* preparedRecords<P>(
  { keys, traps = [], ...input }: WantedRecords,
  signal: AbortSignal,
  read: () => AsyncIterable<Update<P, readonly RecordPair[]>>,
): AsyncGenerator<Update<P, readonly RecordPair[]>> {
  const answer = traps.length === 0 ? await answerTo('records', input, signal) : null
  const byKey = new Map(((answer?.value ?? []) as readonly RecordPair[]).map((pair) => [pair.key, pair]))
  if (answer && keys.every((key) => byKey.has(key))) yield { kind: 'result', value: keys.flatMap((key) => byKey.get(key) ?? []) }
  else yield* read()
}

/** Null where nothing is prepared for this question, and where what is prepared can not be fetched whole. */
async function answerTo(
  operation: PreparedOperation,
  input: unknown,
  signal: AbortSignal,
): Promise<{ readonly value: unknown } | null> {
  const asked = answers
  if (asked === null) return null
  try {
    const question = byDigest(input)
    const answer = question && asked(answerKey(operation, question.value))
    return answer && { value: await unlessAborted(answer, signal) }
  } catch {
    stopIfAborted(signal)
    return null
  }
}

/** A host that does not answer must not keep who wants to stop. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Cancelled())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** The input with each file as its digest; null where a file did not come with the build. */
function byDigest(value: unknown): { readonly value: unknown } | null {
  let known = true
  const walk = (one: unknown): unknown => {
    if (one instanceof Blob) {
      const digest = digests.get(one)
      known &&= digest !== undefined
      return digest
    }
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null || Object.getPrototypeOf(one) !== Object.prototype) return one
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [key, walk(each)]))
  }
  const walked = walk(value)
  return known ? { value: walked } : null
}
