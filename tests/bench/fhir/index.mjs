/** `npm run bench -- fhir`: the FHIR engine beside other validators and beside JSON.parse alone; its memory, chunks and first verdict. */
import { builtParts } from './built-parts.mjs'
import { nodeParts } from './node.mjs'

export const parts = { ...nodeParts, ...builtParts }
