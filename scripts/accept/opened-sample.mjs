/** What "Open the sample clinic" costs: processor time of the whole browser, and the time until its three facts are there. */
import { readdirSync, readFileSync } from 'node:fs'
import { openApp } from '../browser.mjs'
import { build } from '../setup.mjs'
import { needBrowser } from './measure.mjs'

/** Ticks of a second in `/proc/<pid>/stat` (proc(5)); 100 on every Linux that Node supports. */
const ticks = 100

/** Seconds of processor time of this process' descendants, by process. */
function spent() {
  const known = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [, parent, , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      known.set(pid, { parent, seconds: (Number(user) + Number(system)) / ticks })
    } catch {
      // The process ended between the listing and the look.
    }
  const isOurs = (pid) => pid !== undefined && (pid === String(process.pid) || isOurs(known.get(pid)?.parent))
  return new Map(
    [...known].filter(([pid]) => pid !== String(process.pid) && isOurs(pid)).map(([pid, { seconds }]) => [pid, seconds]),
  )
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

async function opened(browser) {
  const app = await openApp(browser)
  try {
    // What the first page itself costs is another line.
    await app.page.waitForTimeout(2000)
    const before = spent()
    const wall = await app.openSample()
    const cpu = [...spent()].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0)
    return { wall: wall / 1000, cpu }
  } finally {
    await app.close()
  }
}

export async function openedSample() {
  if (process.platform !== 'linux') throw new Error('Processor time of a browser is read from /proc, which only Linux has.')
  build()
  const browser = needBrowser()
  const runs = []
  for (let time = 0; time < 5; time++) runs.push(await opened(browser))
  const [cpu, wall] = [median(runs.map((run) => run.cpu)), median(runs.map((run) => run.wall))]
  return {
    ok: cpu <= 4 && wall <= 2,
    figure: `${cpu.toFixed(1)} CPU s of browser and server, facts after ${wall.toFixed(1)} s (median of five)`,
  }
}
