/** `npm run mapping-page`: writes docs/reference/mapping.md, the reference of the field map, from the code. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './setup.mjs'

const page = join(root, 'src', 'core', 'data', 'crosswalk', 'documents', 'reference-page.ts')
const { module } = await runnerImport(page, { configFile: false, logLevel: 'silent' })
writeFileSync(join(root, 'docs', 'reference', 'mapping.md'), module.mappingReference())
