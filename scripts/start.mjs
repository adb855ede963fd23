/** `npm start`: sets everything up, serves the built app with its security headers on the loopback and opens it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, checkNode, install, root } from './setup.mjs'

checkNode()
install()
build()
const server = spawn(process.execPath, [join(root, 'dist', 'cli', 'carryover.js'), 'serve', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))
