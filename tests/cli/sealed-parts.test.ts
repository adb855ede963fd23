/** Parts of a run are sealed, and opened with the key of their plan alone. */
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-sealed-parts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: readonly string[]): string => join(folder, ...names)
const said = (...words: readonly string[]): readonly [number, string] => {
  const { code, err } = carryover(...words, '--quiet')
  return [code, err.split('\n')[0] ?? '']
}

test('parts need the key of their plan: a file beside them, or a variable', () => {
  const [plan, key, part] = [at('plan.json'), at('plan.json.key'), at('part.json')]
  expect(said('profile', 'samples/data/patients.csv', '--plan', plan)).toEqual([0, ''])
  const digits = readFileSync(key, 'utf8')
  expect(digits).toMatch(/^[\da-f]{64}\n$/)
  expect(statSync(key).mode & 0o077).toBe(0)
  // The plan made again keeps the key, so that parts of before can be opened.
  expect(said('profile', 'samples/data/patients.csv', '--plan', plan)).toEqual([0, ''])
  expect(readFileSync(key, 'utf8')).toBe(digits)
  expect(said('profile', '--run', plan, '--shard', '1/1', '--out', part)).toEqual([0, ''])
  expect(Object.keys(JSON.parse(readFileSync(part, 'utf8')))).toEqual(['kind', 'format', 'key', 'sealed'])

  mkdirSync(at('away'))
  const away = at('away', 'part.json')
  copyFileSync(part, away)
  copyFileSync(plan, at('away', 'plan.json'))
  const beside = at('away', 'plan.json.key')
  expect(said('profile', '--merge', away)).toEqual([2, expect.stringContaining('sealed under plan.json.key, and that file is')])
  expect(said('profile', '--run', at('away', 'plan.json'), '--shard', '1/1', '--out', at('away', 'p.json'))).toEqual([
    2,
    expect.stringContaining('--run needs the key of the plan'),
  ])
  writeFileSync(beside, `${'0'.repeat(64)}\n`)
  expect(said('profile', '--merge', away)).toEqual([2, expect.stringContaining('was changed, or sealed under another key')])
  writeFileSync(beside, 'secret\n')
  expect(said('profile', '--merge', away)).toEqual([2, expect.stringContaining('holds no key')])
  process.env.CARRYOVER_RUN_KEY = digits.trim()
  try {
    expect(said('profile', '--merge', away)).toEqual([0, ''])
  } finally {
    delete process.env.CARRYOVER_RUN_KEY
  }
})

test('a key that is there and can not be read is never replaced', () => {
  const plan = at('guarded.json')
  // A loop of links stands for a file that this account may not read: whoever is root reads any other.
  symlinkSync('guarded.json.key', `${plan}.key`)
  expect(said('profile', 'samples/data/patients.csv', '--plan', plan)).toEqual([
    2,
    expect.stringMatching(/guarded\.json\.key can not be read: ELOOP.* Let this account read it/),
  ])
  expect(lstatSync(`${plan}.key`).isSymbolicLink()).toBe(true)
  expect(existsSync(plan)).toBe(false)
})

test('a part that is not sealed and one of a later format are named', () => {
  const file = at('other.json')
  for (const [whole, sentence] of [
    [{ kind: 'carryover-part', format: 2 }, 'a part that is not sealed, as earlier versions wrote it'],
    [{ kind: 'carryover-sealed-part', format: 2, key: 'k', sealed: '' }, 'a part of format 2, and this version reads format 1'],
  ] as const) {
    writeFileSync(file, JSON.stringify(whole))
    for (const verb of ['profile', 'validate', 'reconcile'])
      expect(said(verb, '--merge', file)).toEqual([2, expect.stringContaining(sentence)])
  }
})
