/** A million events in the built app: from the choice of the file until the graph is on screen, and what the page's process holds meanwhile. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../../browser.mjs'
import { build, findBrowser } from '../../setup.mjs'
import { mega, rendererMemory, seconds } from '../measure.mjs'
import { newProject } from './new-project.mjs'

const cases = 50_000
const perCase = 20

const rowOf = {
  csv: ([name, activity, person, time]) => `${name},${activity},${person},${time}\n`,
  xes: ([name, activity, person, time], first, last) =>
    `${first ? `<trace><string key="concept:name" value="${name}"/>` : ''}<event><string key="concept:name" value="${activity}"/><string key="org:resource" value="${person}"/><date key="time:timestamp" value="${time}"/></event>\n${last ? '</trace>' : ''}`,
}
const frame = {
  csv: ['case,activity,resource,timestamp\n', ''],
  xes: ['<?xml version="1.0" encoding="UTF-8"?>\n<log>\n', '</log>\n'],
}

/** The same file every time: numbers of a linear congruence. */
function write(path, kind) {
  let state = 7
  const below = (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % n
  }
  const file = openSync(path, 'w')
  let text = frame[kind][0]
  for (let c = 0; c < cases; c++) {
    let time = Date.UTC(2024, 0, 1) + c * 60_000
    for (let e = 0; e < perCase; e++) {
      time += below(3_600_000)
      const cells = [`case ${c}`, `Activity ${(e + below(3)) % 24}`, `person ${below(60)}`, new Date(time).toISOString()]
      text += rowOf[kind](cells, e === 0, e === perCase - 1)
    }
    if (text.length > 1 << 20) {
      writeSync(file, text)
      text = ''
    }
  }
  writeSync(file, text + frame[kind][1])
  closeSync(file)
  return statSync(path).size
}

export async function measureLogsInBrowser(kinds = ['csv', 'xes']) {
  build()
  const browser = findBrowser()
  if (!browser) return { ok: false, figure: 'no browser was found' }
  const folder = mkdtempSync(join(tmpdir(), 'carryover-log-'))
  const found = []
  try {
    for (const kind of kinds) {
      const path = join(folder, `log.${kind}`)
      const bytes = write(path, kind)
      const app = await openApp(browser)
      try {
        const { page } = app
        await newProject(page)
        await page.evaluate(() => {
          location.hash = '#/workflow/logs'
        })
        await page.getByRole('heading', { name: 'Event log' }).waitFor()
        const idle = rendererMemory()
        let peak = idle
        const watch = setInterval(() => {
          peak = Math.max(peak, rendererMemory())
        }, 50)
        const began = performance.now()
        await page.locator('input[type=file]').first().setInputFiles(path)
        await page.getByRole('heading', { name: 'What follows what' }).waitFor({ timeout: 120_000 })
        const spent = performance.now() - began
        clearInterval(watch)
        found.push({ kind, bytes, spent, more: peak - idle })
      } finally {
        await app.close()
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    ok: found.every(({ spent, more }) => spent <= 5_000 && more <= 300e6),
    figure: found
      .map(
        ({ kind, bytes, spent, more }) =>
          `${kind} of ${mega(bytes)}: graph on screen after ${seconds(spent)}, at most ${mega(more)} more than the empty page`,
      )
      .join('; '),
  }
}
