/** A FHIR package (.tgz) or loose JSON files to the definitions a run can use (FHIR package specification; R4 only). */

import { Gunzip } from 'fflate'
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { loadDefinitions } from '../definitions/packs.ts'
import { tarFiles } from './tar.ts'
import { jsonOfXml } from './xml-definition.ts'

export interface FhirPackage {
  readonly name: string
  readonly version: string | null
  /** `name#version` of the packages it builds on; they are not fetched. */
  readonly dependencies: readonly string[]
  /** StructureDefinition, ValueSet, CodeSystem, Questionnaire, Measure. */
  readonly definitions: readonly JsonObject[]
}

const kept = new Set<unknown>(['StructureDefinition', 'ValueSet', 'CodeSystem', 'Questionnaire', 'Measure'])
const mostUnpacked = 1 << 30
const mostRatio = 200

/** The package, or a sentence that says why it can not be used. */
export function readPackage(fileName: string, compressed: Uint8Array): FhirPackage | string {
  const archive = unpacked(compressed)
  if (typeof archive === 'string') return `${fileName}: ${archive}`
  const files = tarFiles(archive)
  if (typeof files === 'string') return `${fileName}: ${files}`
  const manifest = files.find(({ name }) => name === 'package/package.json')
  const about = manifest === undefined ? null : jsonOf(manifest.bytes)
  if (about === null) return `${fileName}: There is no package/package.json; this is no FHIR package.`
  const versions = listOf(about.fhirVersions ?? about['fhir-version-list'])
  if (versions.length > 0 && !versions.some((version) => version.startsWith('4.0')))
    return `${fileName}: The package is for FHIR ${versions.join(', ')}; this program judges FHIR R4 (4.0.1).`
  const inside = files.filter(({ name }) => /^package\/[^/]+$/.test(name) && name !== 'package/package.json')
  const definitions = inside.flatMap(({ name, bytes }) => (name.endsWith('.json') ? definitionOf(bytes) : []))
  const needs = isMembers(about.dependencies) ? Object.entries(about.dependencies) : []
  return {
    name: typeof about.name === 'string' ? about.name : fileName,
    version: typeof about.version === 'string' ? about.version : null,
    dependencies: needs.map(([name, version]) => `${name}#${String(version)}`),
    definitions,
  }
}

/** One JSON file: a definition, or a Bundle of them. Nothing where it is neither. */
export function definitionOf(bytes: Uint8Array): JsonObject[] {
  const value = jsonOf(bytes)
  if (value === null) return []
  if (value.resourceType === 'Bundle' && Array.isArray(value.entry))
    return value.entry.flatMap((entry) => (isMembers(entry) && isMembers(entry.resource) ? pruned(entry.resource) : []))
  return pruned(value)
}

/** The definitions in one file, JSON or XML, by its content. */
export async function definitionsIn(bytes: Uint8Array): Promise<JsonObject[]> {
  const text = bytes.subarray(0, 200)
  const isXml = new TextDecoder()
    .decode(text)
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('<')
  if (!isXml) return definitionOf(bytes)
  const value = jsonOfXml(new TextDecoder().decode(bytes), await loadDefinitions())
  return value === null ? [] : pruned(value)
}

/** Texts for people and the published snapshot are large, and not needed: snapshots are made from differentials. */
function pruned(value: JsonObject): JsonObject[] {
  if (!kept.has(value.resourceType)) return []
  const { text: _text, contact: _contact, mapping: _mapping, ...rest } = value
  const hasStatements = isMembers(rest.differential) && Array.isArray(rest.differential.element)
  if (!hasStatements || rest.resourceType !== 'StructureDefinition') return [rest]
  const { snapshot: _snapshot, ...definition } = rest
  return [definition]
}

function jsonOf(bytes: Uint8Array): JsonObject | null {
  try {
    const value: JsonValue = JSON.parse(new TextDecoder().decode(bytes))
    return isMembers(value) ? value : null
  } catch {
    return null
  }
}

function listOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

class TooLarge extends Error {}

/** Unpacks in pieces, so that a small file that swells is stopped on the way. */
function unpacked(compressed: Uint8Array): Uint8Array | string {
  if (compressed[0] !== 0x1f || compressed[1] !== 0x8b)
    return 'The file is not compressed with gzip; a FHIR package is a .tgz file.'
  const most = Math.min(mostUnpacked, Math.max(1 << 20, compressed.length * mostRatio))
  const pieces: Uint8Array[] = []
  let size = 0
  const gunzip = new Gunzip((piece) => {
    size += piece.length
    if (size > most) throw new TooLarge()
    pieces.push(piece)
  })
  try {
    for (let at = 0; at < compressed.length; at += 1 << 16)
      gunzip.push(compressed.subarray(at, at + (1 << 16)), at + (1 << 16) >= compressed.length)
  } catch (error) {
    return error instanceof TooLarge
      ? `The file swells to more than ${most} bytes while it is unpacked, and was stopped.`
      : 'The file is damaged: it can not be unpacked to its end.'
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
