/** Runs a script in this process and says on standard error how much memory it took at most. */
import { pathToFileURL } from 'node:url'

const [script, ...args] = process.argv.slice(2)
process.argv = [process.argv[0] ?? 'node', script ?? '', ...args]
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS * 1024}\n`))
await import(pathToFileURL(script ?? '').href)
