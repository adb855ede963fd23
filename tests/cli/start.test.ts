import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { carryover, root } from './command-line.ts'

/** Files that Node reads before the first line of the program runs: those imported by name, and theirs. */
function read(path: string, known = new Map<string, number>()): ReadonlyMap<string, number> {
  if (known.has(path)) return known
  const text = readFileSync(path, 'utf8')
  known.set(path, text.length)
  for (const [, target = ''] of text.matchAll(/(?:^|;)import[^'"\n;]*["'](\.[^"']+)["']/gm))
    read(join(dirname(path), target), known)
  return known
}

test('a command begins without the checks, rules and criteria of other verbs', () => {
  const files = read(join(root, 'dist/cli/carryover.js'))
  const bytes = [...files.values()].reduce((sum, size) => sum + size, 0)
  expect([...files.keys()].some((path) => /\/program-[^/]+\.js$/.test(path))).toBe(true)
  expect(files.size).toBeGreaterThan(2)
  expect(bytes).toBeLessThan(250_000)
})

test('help of a verb lists its own flags, and the program those of none', () => {
  expect(carryover('verify', '--help').out).toContain('--head <digest>')
  expect(carryover('help', 'verify').out).toContain('--head <digest>')
  expect(carryover('--help').out).not.toContain('--head')
})
