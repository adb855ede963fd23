/** The table engine as modules without types; built once. */
import { join } from 'node:path'
import { builtModules } from '../built.mjs'

let made = null

/** Paths of the built modules, by name. */
export function builtEngine() {
  made ??= builtModules('data', {
    engine: join(import.meta.dirname, 'engine.ts'),
    full: join(import.meta.dirname, 'engine-full.ts'),
  })
  return made
}
