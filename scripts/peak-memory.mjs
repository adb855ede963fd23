/** Runs a script in this process and says on standard error how much memory it took at most. */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [script, ...args] = process.argv.slice(2)
process.argv = [process.argv[0] ?? 'node', script ?? '', ...args]
process.on('exit', () => process.stderr.write(`peak ${peak()}\n`))
await import(pathToFileURL(script ?? '').href)

/** On Linux its own: what Node reports there may be that of a large parent before the start. */
function peak() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
}
