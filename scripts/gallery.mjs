/** Every page of the sample clinic in both themes and three widths, as small pictures in `docs/gallery`. */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const widths = [
  { name: '1280', width: 1280, height: 800 },
  { name: '1024', width: 1024, height: 768 },
  { name: '390', width: 390, height: 844 },
]
export const themes = ['light', 'dark']

/** Addresses by the name of their picture; what is in them is that of the sample. */
const pages = {
  readiness: '#/readiness',
  'readiness-inputs': '#/readiness/inputs',
  'readiness-practices': '#/readiness/practices',
  'readiness-go-no-go': '#/readiness/go-no-go',
  'readiness-reports': '#/readiness/reports',
  'readiness-risks': '#/readiness/risks',
  workflows: '#/workflow',
  compare: '#/workflow/refill/compare',
  'compare-step': '#/workflow/refill/compare?step=future/approve-in-inbox',
  'compare-referral': '#/workflow/referral/compare',
  present: '#/workflow/refill/present',
  table: '#/workflow/refill/table',
  simulate: '#/workflow/refill/simulate',
  'timed-tests': '#/workflow/refill/tests',
  logs: '#/workflow/logs',
  sources: '#/data/sources',
  mapping: '#/data/mapping',
  findings: '#/data/findings',
  reconcile: '#/data/reconcile',
  plan: '#/review/plan',
  records: '#/review/records',
  verdicts: '#/review/verdicts',
  worklist: '#/review/worklist',
  golden: '#/review/golden',
  hazards: '#/review/hazards',
  charts: '#/review/charts',
  certificate: '#/review/certificate',
  ledger: '#/ledger',
  settings: '#/settings',
  help: '#/help',
}

/** @param app an open app with the sample in it @param only names of pages; all without any */
export async function takeGallery({ page, context }, folder, only = []) {
  const wanted = Object.entries(pages).filter(([name]) => only.length === 0 || only.includes(name))
  mkdirSync(folder, { recursive: true })
  if (only.length === 0) for (const file of readdirSync(folder)) if (file.endsWith('.webp')) rmSync(join(folder, file))
  const session = await context.newCDPSession(page)
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const { name: size, width, height } of widths) {
      await page.setViewportSize({ width, height })
      for (const [name, route] of wanted) {
        await page.evaluate((hash) => {
          location.hash = hash
        }, route)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.waitForTimeout(600)
        const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 52 })
        writeFileSync(join(folder, `${name}-${size}-${theme}.webp`), Buffer.from(data, 'base64'))
      }
    }
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.webp'))
  const sizes = files.map((file) => statSync(join(folder, file)).size)
  console.log(
    `docs/gallery: ${files.length} pictures, ${(sizes.reduce((a, b) => a + b, 0) / 1e6).toFixed(1)} MB, the largest ${Math.round(Math.max(...sizes) / 1000)} kB`,
  )
}
