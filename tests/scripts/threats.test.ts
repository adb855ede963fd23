/** docs/explanation/hardening.md holds the catalogue as the list has it, and every test file and command that the list names is there. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Threat {
  readonly id: string
  readonly row: string
  readonly line: string | null
  /** How often it is tried; empty where its command says it. */
  readonly much: string
  readonly tests: readonly string[]
}

interface Lines {
  readonly lines: readonly { readonly name: string }[]
}

/** Scripts have no types. */
async function script<T>(path: string): Promise<T> {
  return (await import(/* @vite-ignore */ `../../scripts/accept/${path}`)) as T
}

const { threats } = await script<{ readonly threats: readonly Threat[] }>('hardening/threats.mjs')

test('docs/explanation/hardening.md lists the threats as the catalogue has them', () => {
  const page = readFileSync('docs/explanation/hardening.md', 'utf8').split('\n')
  const start = page.indexOf('| | Threat | How much | Tests | Command |')
  const rows = page.slice(start + 2)
  expect(rows.slice(0, rows.indexOf(''))).toEqual(threats.map(({ row }) => row))
})

test('T1 to T24 are all there, each with a test file or a command', () => {
  const ids = threats.map(({ id }) => id)
  expect(Array.from({ length: 24 }, (_, i) => `T${i + 1}`).filter((id) => !ids.includes(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, line, tests } of threats) expect([id, tests.length > 0 || line !== null]).toEqual([id, true])
  expect(threats.flatMap(({ tests }) => tests).filter((file) => !existsSync(file) || !file.endsWith('.test.ts'))).toEqual([])
})

test('a number of the page is the number that a test of that threat counts with', () => {
  const counted = threats.filter(({ much }) => much !== '')
  expect(counted.length).toBeGreaterThanOrEqual(15)
  for (const { id, tests } of counted)
    expect([id, tests.some((file) => readFileSync(file, 'utf8').includes(`timesOf('${id}')`))]).toEqual([id, true])
})

test('every command of the page is a line of its topic', async () => {
  const page = readFileSync('docs/explanation/hardening.md', 'utf8')
  const named = [...page.matchAll(/`(hardening|signoff|house) ([a-z-]+)`/g)].map(
    ([, topic = '', line = '']) => [topic, line] as const,
  )
  expect(named.length).toBeGreaterThan(10)
  for (const [topic, line] of named) {
    const { lines } = await script<Lines>(`${topic}.mjs`)
    expect([topic, lines.map(({ name }) => name)]).toEqual([topic, expect.arrayContaining([line])])
  }
})
