/** What is public does not change unnoticed: docs/api is what the docstrings of src/library say, and a release gives nothing else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as library from '../../src/library/index.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { writeApi } = (await import(new URL('../../scripts/release/api.mjs', import.meta.url).href)) as {
  writeApi: (folder: string) => void
}

test('docs/api is current: after a change of the public surface run npm run api-pages and read the difference', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-api-'))
  try {
    writeApi(folder)
    const [kept, made] = [join(root, 'docs', 'api'), join(folder, 'docs', 'api')]
    const names = readdirSync(made).sort()
    expect(readdirSync(kept).sort()).toEqual(names)
    for (const name of names) expect(readFileSync(join(kept, name), 'utf8'), name).toBe(readFileSync(join(made, name), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('its functions are those of the report, and the types need nothing that a user has not', () => {
  const report = readFileSync(join(root, 'docs', 'api', 'carryover.api.md'), 'utf8')
  const functions = [...report.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name = '']) => name)
  expect(Object.keys(library).sort()).toEqual(functions.sort())
  expect(readFileSync(join(root, 'docs', 'api', 'carryover.d.ts'), 'utf8')).not.toMatch(/\bimport\b|^\/\/\/ <reference/m)
})
