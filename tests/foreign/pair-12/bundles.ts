/** The target of pair-12 as parsed Bundles, and small readers of its resources. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { dataPath } from '../../beside.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type Resource = { readonly [name: string]: Json } & { readonly resourceType: string; readonly id: string }
export type Entry = { readonly fullUrl: string; readonly resource: Resource; readonly request: Json }
export type Bundle = { readonly resourceType: 'Bundle'; readonly type: string; readonly entry: readonly Entry[] }
/** One file of the target. */
export type TargetFile = { readonly name: string; readonly bundle: Bundle }

export const pair = dataPath('pair-12/')
export const pairIsThere = existsSync(pair)

export function targetText(name: string): string {
  return gunzipSync(readFileSync(`${pair}target/${name}.gz`)).toString('utf8')
}

export function readTarget(): readonly TargetFile[] {
  return readdirSync(`${pair}target`)
    .sort()
    .map((file) => {
      const name = file.replace(/\.gz$/, '')
      return { name, bundle: JSON.parse(targetText(name)) as Bundle }
    })
}

/** The values at a path of names, through lists. */
export function at(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((member) => at(member, ...path))
  const [name, ...rest] = path
  if (name === undefined) return [value]
  return typeof value === 'object' ? at((value as { readonly [name: string]: Json })[name], ...rest) : []
}

export function textAt(value: Json, ...path: readonly string[]): string | undefined {
  const [found] = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** The id of the patient whose record the resource belongs to. */
export function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id
  const reference = textAt(resource, 'subject', 'reference') ?? textAt(resource, 'patient', 'reference')
  return reference?.replace('urn:uuid:', '')
}

/** Every `reference` under a value, as written. */
export function references(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'reference' && typeof member === 'string' ? [member] : references(member),
  )
}
