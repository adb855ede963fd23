/** Millions of keys through the indexes of a run, in a process of their own: nothing missed, nothing false, a bounded heap. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const keys = process.env.LONG ? 100_000_000 : 3_000_000

test(`${keys / 1e6} million keys: every repeated and every missing one is found, none is false, the heap stays small`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-scale-'))
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      build: { ssr: join(root, 'tests/bench/keys/measure-keys.ts'), outDir: folder, minify: false, target: 'node20' },
      ssr: { noExternal: true },
    })
    const { found, planted, heap } = JSON.parse(
      execFileSync(process.execPath, [join(folder, 'measure-keys.js'), String(keys)], { encoding: 'utf8' }),
    )
    expect(planted.repeats).toBeGreaterThan(0)
    expect(found).toEqual(planted)
    expect(heap).toBeLessThan(64 * 2 ** 20)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 600_000)
