/** The built app on a free port of the loopback. */
import { spawn } from 'node:child_process'
import { cli } from '../measure.mjs'

export function serve(more = []) {
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [cli(), 'serve', '--no-open', '--port', '0', ...more])
    let said = ''
    const listen = (bytes) => {
      said += bytes
      const url = /http:\/\/\S+/.exec(said)?.[0]
      if (url) resolve({ url, close: () => server.kill() })
    }
    server.stdout.on('data', listen)
    server.stderr.on('data', listen)
    server.on('exit', () => reject(new Error(said)))
  })
}
