/** `npm run api-pages`: writes docs/api from the docstrings of src/library: pages, the types that a release brings, and the report of the public surface. */
import { checkNode, install, root } from './setup.mjs'

checkNode()
install()
const { writeApi } = await import('./release/api.mjs')
writeApi(root)
