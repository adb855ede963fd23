/** One peer in a process of its own: `node run-one.mjs <module> <arguments…>` prints its counts, seconds, CPU seconds and peak memory. */
import { readFileSync } from 'node:fs'

const [module, ...args] = process.argv.slice(2)
const { run } = await import(module)
const started = performance.now()
const counts = await run(...args)
const seconds = (performance.now() - started) / 1000
// Of the whole process and all its threads, its start included.
const { userCPUTime, systemCPUTime } = process.resourceUsage()
const cpu = (userCPUTime + systemCPUTime) / 1e6
process.stdout.write(JSON.stringify({ ...counts, seconds, cpu, memory: peak() }))

/** Largest resident size of this process; on Linux its own, because what Node reports there may be that of the parent before the start. */
function peak() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
}
