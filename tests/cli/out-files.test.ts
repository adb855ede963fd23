import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { onInterrupt, resultOf } from '../../src/cli/shell/interruptible.ts'
import { Cancelled, stopIfAborted, type Update } from '../../src/core/operation.ts'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-out-'))
const schema = ['--schema', 'samples/data/datapackage.json', '--quiet'] as const
const sample = ['validate', 'samples/data/*.csv', ...schema] as const

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  [[...sample, '--new-only'], '--new-only goes with --baseline'],
  [[...sample, '--out', join(folder, 'none', 'x.txt')], '--out got'],
  [[...sample, '--out', folder], 'which is a folder'],
  [[...sample, '--rows', `data/type@born=${join(folder, 'none', 'x.csv')}`], '--rows got'],
  [[...sample, '--rejects', 'package.json'], '--rejects got "package.json"'],
  [['profile', 'samples/data/*.csv', '--quiet', '--out', join(folder, 'none', 'x')], '--out got'],
])('%j is refused before anything is read', (args, words) => {
  const { code, out, err } = carryover(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(words)
})

test('definitions that are not there are told before files are opened for rows', () => {
  const rows = join(folder, 'early.csv')
  const { code, err } = carryover(...sample, '--rows', `data/type@born=${rows}`, '--dqd', join(folder, 'none'))
  expect([code, err.startsWith('--dqd got')]).toEqual([2, true])
  expect(readdirSync(folder)).not.toContain('early.csv')
})

test('a report with values is readable by its owner alone, wherever it is written', () => {
  const file = join(folder, 'revealed.json')
  writeFileSync(file, 'there before', { mode: 0o644 })
  carryover(...sample, '--format', 'json', '--out', file, '--reveal')
  expect(statSync(file).mode & 0o077).toBe(0)
})

test.skipIf(process.platform !== 'linux')(
  'a device without room is no error of the program, and nothing is said of what was there',
  () => {
    const { code, err } = carryover('profile', 'samples/data/patients.csv', '--quiet', '--out', '/dev/full')
    expect([code, err.trim()]).toEqual([3, 'There is no room left to write /dev/full.'])
  },
)

test('rejects of a packed table have the name of what is in them', () => {
  const file = join(folder, 'packed.csv.gz')
  writeFileSync(file, gzipSync('id,born\n1,x\n2,1990-02-28,more\n3,y\n'))
  const out = join(folder, 'rejects')
  const { err } = carryover('validate', file, '--rejects', out)
  expect(err).toContain('packed.csv.gz: 3 read = 2 accepted + 1 rejected.')
  expect(readdirSync(out)).toEqual(['packed.rejected.codes.csv', 'packed.rejected.csv'])
})

test('what is interrupted once stays so for every operation of the run', async () => {
  async function* counts(signal: AbortSignal): AsyncGenerator<Update<never, number>> {
    stopIfAborted(signal)
    yield { kind: 'result', value: 1 }
  }
  const before = process.listenerCount('SIGINT')
  const { signal, done } = onInterrupt()
  const step = await resultOf(counts, true, { signal })
  process.emit('SIGINT')
  const next = await resultOf(counts, true, { signal })
  done()
  expect([step?.value, next, signal.aborted]).toEqual([1, null, true])
  expect(() => stopIfAborted(signal)).toThrow(Cancelled)
  expect(process.listenerCount('SIGINT')).toBe(before)
})
