/** `npm run reference-pages`: writes docs/reference/verbs, board-files and workflow-files from the code. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import { root } from './setup.mjs'

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const load = (...path) => server.ssrLoadModule(join(root, 'src', ...path))
// The pages say no version: they speak of the code beside them.
globalThis.__VERSION__ = '0.0.0'
const { buildProgram } = await load('cli', 'program.ts')
const { verbDocuments } = await load('cli', 'reference', 'verb-pages.ts')
const { fileDocuments } = await load('core', 'project', 'rule-pages', 'file-pages.ts')
const { mapDocuments } = await load('core', 'project', 'rule-pages', 'map-pages.ts')
const made = {
  'workflow-files': mapDocuments(),
  verbs: verbDocuments(await buildProgram('all')),
  'board-files': fileDocuments(),
}
for (const [name, files] of Object.entries(made)) {
  const folder = join(root, 'docs', 'reference', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [path, text] of files) writeFileSync(join(folder, path), text)
}
await server.close()
