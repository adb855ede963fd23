/** A table of thousands of columns without a schema: what a column costs does not grow with their number. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from './command-line.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-wide-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const told =
  'data:text/javascript,process.on("exit",()=>{const{userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write("cpu "+(u+s)+"\\n")})'

/** CPU seconds and records read; the number of cells is the same for any width. */
function validated(width: number): { readonly cpu: number; readonly records: number } {
  const path = join(folder, `wide-${width}.csv`)
  const cells = (row: number): string[] =>
    Array.from({ length: width }, (_, column) => (row === 0 ? `field_${column}` : `${(row * 7919 + column * 104729) % 100_003}`))
  writeFileSync(path, Array.from({ length: 40_000 / width + 1 }, (_, row) => `${cells(row).join(',')}\n`).join(''))
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', told, join(root, 'dist/cli/carryover.js'), 'validate', path, '--format', 'json', '--quiet'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const { inputs } = JSON.parse(stdout)
  return {
    cpu: Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6,
    records: inputs[0].records,
  }
}

test('four times the columns cost less than eight times the work', () => {
  const [narrow, wide] = [validated(1_000), validated(4_000)]
  expect([narrow.records, wide.records]).toEqual([40, 10])
  expect(wide.cpu / narrow.cpu).toBeLessThan(8)
})
