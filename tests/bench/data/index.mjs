/** `npm run bench -- data`: the table engine beside PapaParse with ajv, DuckDB, csv-parse and uDSV. */
import { chromiumParts } from './chromium.mjs'
import { nodeParts } from './node.mjs'

export const parts = { ...nodeParts, ...chromiumParts }
