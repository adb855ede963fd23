/** Acceptance of the editor: a map of 1,000 steps in the built app, mounted, panned and dragged. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../../browser.mjs'
import { build, findBrowser } from '../../setup.mjs'
import { newProject } from './new-project.mjs'

const steps = 1_000
const frames = 60

/** A table of steps in six roles, one way in six goes on further. */
function list() {
  const rows = Array.from({ length: steps }, (_, at) => {
    const next = [at + 1, ...(at % 6 === 3 ? [at + 2 + (at % 5)] : [])].filter((to) => to < steps).map((to) => `n${to}`)
    return `n${at},Do thing ${at},Role ${(at * 7) % 6},${1 + (at % 9)},"${next.join('; ')}"`
  })
  return `id,step,role,minutes,next\n${rows.join('\n')}\n`
}

/**
 * Milliseconds of processor time that the page's own thread worked per frame, out of a trace: what another program on the same
 * processor takes away does not count.
 */
async function worked(context, page, act) {
  const session = await context.newCDPSession(page)
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  const includedCategories = ['toplevel', 'blink.user_timing']
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } })
  for (let frame = 0; frame <= frames; frame++) {
    await page.evaluate(() => performance.mark('measured-frame'))
    if (frame < frames) await act(frame)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done))
  await session.send('Tracing.end')
  await complete
  await session.detach()
  const marks = events.filter(({ name }) => name === 'measured-frame').sort((a, b) => a.ts - b.ts)
  const thread = (event) => `${event.pid} ${event.tid}`
  const tasks = events.filter(({ name, ph }) => name.endsWith('ThreadControllerImpl::RunTask') && ph === 'X')
  const work = marks.slice(0, -1).map((mark, at) => {
    const inside = tasks.filter(({ ts }) => ts >= mark.ts && ts < marks[at + 1].ts)
    return inside.filter((task) => thread(task) === thread(mark)).reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0)
  })
  if (work.length < frames || tasks.length === 0) throw new Error('the trace holds no frames')
  const sorted = work.sort((a, b) => a - b)
  return { p95: sorted[Math.ceil(frames * 0.95) - 1], median: sorted[frames / 2] }
}

const said = ({ p95, median }) => `p95 ${p95.toFixed(1)} ms, median ${median.toFixed(1)} ms`

async function measure() {
  build()
  const browser = findBrowser()
  if (!browser) return { ok: false, figure: 'no browser was found' }
  const folder = mkdtempSync(join(tmpdir(), 'carryover-map-'))
  const app = await openApp(browser)
  try {
    const file = join(folder, 'large.csv')
    writeFileSync(file, list())
    const { page, context } = app
    await newProject(page)
    await page.evaluate(() => {
      location.hash = '#/workflow'
    })
    await page.getByLabel('Name of a new workflow').fill('Large')
    await page.getByRole('button', { name: 'Add workflow' }).click()
    await page.getByRole('button', { name: 'Map', exact: true }).click()
    await page.getByRole('menuitem', { name: /Import a map/ }).click()
    await page.locator('[role=dialog] input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Use as the current map' }).click()
    await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
    await page.waitForTimeout(4_000)
    const mounts = []
    for (let run = 0; run < 5; run++) {
      await page.evaluate(() => {
        location.hash = '#/settings'
      })
      await page.waitForTimeout(500)
      mounts.push(
        await page.evaluate(async () => {
          const from = performance.now()
          location.hash = '#/workflow/large/compare'
          while (!document.querySelector('.react-flow__node')) await new Promise(requestAnimationFrame)
          await new Promise(requestAnimationFrame)
          return performance.now() - from
        }),
      )
      await page.waitForTimeout(1_000)
    }
    const box = await page.locator('.react-flow').first().boundingBox()
    if (!box) throw new Error('the canvas is not there')
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await page.mouse.move(middle.x, middle.y)
    const pan = await worked(context, page, (frame) => page.mouse.wheel(frame % 20 < 10 ? 40 : -40, 0))
    const step = await page.locator('.react-flow__node').nth(3).boundingBox()
    if (!step) throw new Error('no step is in view')
    const grip = { x: step.x + 20, y: step.y + 20 }
    await page.mouse.move(grip.x, grip.y)
    await page.mouse.down()
    const drag = await worked(context, page, (frame) => page.mouse.move(grip.x + (frame % 20) * 4, grip.y + frame))
    await page.mouse.up()
    const mount = mounts.sort((a, b) => a - b)[2]
    return {
      ok: mount <= 1_000 && pan.p95 <= 20 && drag.p95 <= 20,
      figure: `${steps} steps: shown in ${mount.toFixed(0)} ms (median of five); main-thread work per frame, panned: ${said(pan)}; dragged: ${said(drag)}`,
    }
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const lines = [
  {
    name: 'editor',
    line: '1,000 steps mount ≤ 1.0 s, main-thread work per frame while panning and dragging p95 ≤ 20 ms',
    measure,
  },
]
