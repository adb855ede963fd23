/** What a build says of itself, and that a changed, lost or added byte of it is named. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './command-line.ts'

let folder: string
const about = () => {
  const program = join(folder, 'dist', 'cli', 'carryover.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'about'], { encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-about-'))
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true })
  // Modules are read as such by the nearest package.json; packages of the team server are not asked for.
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a build whose files are as built says so, with the digest of its description', () => {
  const { code, out } = about()
  expect(out).toMatch(/^Carryover \d+\.\d+\.\d+, built from /)
  expect(out).toMatch(/sha256 [0-9a-f]{64}/)
  expect(out).toMatch(/all \d{3} are as they were built/)
  expect(code).toBe(0)
})

test('a file that was changed or is gone is named, be it compressed', () => {
  const page = join(folder, 'dist', 'app', 'index.html')
  const plan = join(folder, 'dist', 'app', 'sample', 'index.json')
  const kept = { page: readFileSync(page), plan: readFileSync(plan), packed: readFileSync(`${plan}.gz`) }
  writeFileSync(page, `${kept.page} `)
  rmSync(plan)
  writeFileSync(`${plan}.gz`, gzipSync(`${gunzipSync(kept.packed)} `))
  const changed = about()
  expect(changed.code).toBe(1)
  expect(changed.out).toContain('2 of ')
  expect(changed.out).toContain('  app/index.html\n  app/sample/index.json\n')
  writeFileSync(page, kept.page)
  writeFileSync(`${plan}.gz`, kept.packed)
  // As in a release: the compressed copy alone.
  expect(about().code).toBe(0)
  writeFileSync(plan, kept.plan)
  rmSync(join(folder, 'dist', 'app', 'about', 'build.json'))
  const undescribed = about()
  expect(undescribed).toMatchObject({ code: 3, err: expect.stringContaining('build.json is missing or damaged') })
})
