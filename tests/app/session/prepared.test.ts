/** Answers of the build: taken for the very same question, done without where they do not come, left when somebody stops. */
import { expect, test } from 'vitest'
import { answerKey } from '../../../samples/riverside/prepared.ts'
import {
  knowDigest,
  type PreparedAnswers,
  preparedRecords,
  preparedRun,
  withPrepared,
} from '../../../src/app/session/prepared.ts'
import { Cancelled, finish, type Update } from '../../../src/core/operation.ts'

const { signal } = new AbortController()
const file = new Blob(['id\n1\n'])
knowDigest(file, 'aa')
const question = { inputs: [{ file, table: 't' }], seed: '1' }
const key = answerKey('validate', { seed: '1', inputs: [{ table: 't', file: 'aa' }] })

async function* computed(): AsyncGenerator<Update<never, string>> {
  yield { kind: 'result', value: 'computed' }
}

const run = (answers: PreparedAnswers, input: unknown = question): Promise<string> =>
  withPrepared(answers, () => finish(preparedRun<never, string>('validate', input, signal, computed)))

test('an answer is taken for its own question alone', async () => {
  const answers: PreparedAnswers = (asked) => (asked === key ? Promise.resolve('prepared') : null)
  expect(await run(answers)).toBe('prepared')
  expect(await run(answers, { ...question, seed: '2' })).toBe('computed')
  expect(await run(answers, { ...question, inputs: [{ file: new Blob(['id\n1\n']), table: 't' }] })).toBe('computed')
  expect(await finish(preparedRun<never, string>('validate', question, signal, computed))).toBe('computed')
})

test('what can not be fetched, or has no name, is computed', async () => {
  expect(await run(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('computed')
  expect(await run(() => Promise.resolve('prepared'), { ...question, schema: { $kind: 'map' } })).toBe('computed')
  const read = async function* (): AsyncGenerator<Update<never, []>> {
    yield { kind: 'result', value: [] }
  }
  const failing: PreparedAnswers = () => Promise.reject(new TypeError('Failed to fetch'))
  expect(await withPrepared(failing, () => finish(preparedRecords({ keys: ['1'] }, signal, read)))).toEqual([])
})

test('a host that does not answer keeps nobody from stopping', async () => {
  const stop = new AbortController()
  const never: PreparedAnswers = () => new Promise(() => undefined)
  const waiting = withPrepared(never, () => finish(preparedRun<never, string>('validate', question, stop.signal, computed)))
  stop.abort()
  await expect(waiting).rejects.toBeInstanceOf(Cancelled)
})
