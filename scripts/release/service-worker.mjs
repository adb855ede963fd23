/** The service worker of a build, with the digest of every file in it: one file without imports, for it is asked for by its name alone. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../setup.mjs'

const app = join(root, 'dist', 'app')
const name = 'service-worker.js'

/** @param digests SHA-256 in hexadecimal by path on the server, of whatever lies in the app */
export async function writeServiceWorker(digests) {
  const { [`/${name}`]: _, ...files } = digests
  const list = JSON.stringify(files)
  rmSync(join(app, name), { force: true })
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    define: { __FILES__: list, __BUILD__: JSON.stringify(createHash('sha256').update(list).digest('hex').slice(0, 16)) },
    build: {
      target: 'es2023',
      outDir: app,
      emptyOutDir: false,
      lib: {
        entry: join(root, 'src', 'io', 'offline', 'service-worker.ts'),
        formats: ['iife'],
        name: 'worker',
        fileName: () => name,
      },
    },
  })
}
