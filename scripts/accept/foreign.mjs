/** Acceptance on data that nobody here wrote: one list of lines per part. */
import { lines as cli } from './foreign/cli.mjs'
import { lines as defects } from './foreign/defects.mjs'
import { lines as fhir } from './foreign/fhir.mjs'
import { lines as generator } from './foreign/generator.mjs'
import { lines as mapping } from './foreign/mapping.mjs'
import { lines as meaning } from './foreign/meaning.mjs'
import { lines as tables } from './foreign/tables.mjs'
import { lines as truth } from './foreign/truth.mjs'

export const lines = [...cli, ...defects, ...fhir, ...generator, ...mapping, ...meaning, ...tables, ...truth]
