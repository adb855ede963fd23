/** A project with a ledger of years in a real browser; figures are printed, and judged by `npm run accept -- review verify`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { newProject } from '../../src/core/project/format/open.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { longLedger } from '../long-ledger.ts'
import { chromiumPath, visit } from './browser.ts'

const manifest = {
  id: 'p-years',
  name: 'Clinic of Years',
  legacy: 'PaperChart',
  target: 'OpenChart',
  created: '2026-03-01T08:00:00+01:00',
  tool: 'carryover 0.1.0',
  servers: [],
}

test.skipIf(chromiumPath === null)(
  'a project with 100,000 entries in its ledger opens and is verified beside the page',
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carryover-years-'))
    const visited = await visit()
    try {
      const bundle = join(folder, 'years.carryover')
      const files = new Map(saveProject(newProject(manifest))).set('ledger.jsonl', utf8(longLedger(100_000)))
      writeFileSync(bundle, zipSync(Object.fromEntries(files)))
      const { page } = visited
      await page
        .getByRole('contentinfo')
        .getByText(/^Local only/)
        .waitFor()
      await page.locator('input[type=file]').first().setInputFiles(bundle)
      await page.getByText(/^Ledger 100,00\d entries, verified$/).waitFor({ timeout: 60_000 })
      const took = await page.evaluate(() => performance.getEntriesByName('verify').map(({ duration }) => duration / 1000))
      expect(took).toHaveLength(1)
      process.stdout.write(`100,000 entries in a worker of the browser, its start included: ${took[0]?.toFixed(2)} s\n`)
      expect(visited.errors).toEqual([])
    } finally {
      await visited.end()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
