/** `npm run rule-pages`: writes docs/rules, one page for each group of rules, from the code. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createServer } from 'vite'
import { root } from './setup.mjs'

const from = join(root, 'src', 'core', 'project', 'rule-pages', 'rule-documents.ts')
// What the pages load later, such as the packs of FHIR, asks the same server.
const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const { ruleDocuments } = await server.ssrLoadModule(from)
const folder = join(root, 'docs', 'rules')
rmSync(folder, { recursive: true, force: true })
for (const [path, text] of await ruleDocuments(new AbortController().signal)) {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
await server.close()
