/** A bulk export of any size in which no two resources are alike: the public bulk resources with other people, moments, codes, amounts and optional members. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { shared } from '../../../scripts/accept/measure.mjs'
import { root } from '../../../scripts/setup.mjs'

const source = join(shared, 'data', 'fhir', 'bulk-ndjson')
const uuid = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g
const moment = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d))?$/

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function drawing(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const onsets = ['B', 'Br', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'St', 'T', 'V', 'W', 'Z']
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ei', 'ou', 'é', 'ö']
const ends = ['n', 'r', 'l', 's', 'th', 'nd', 'rt', 'ck', 'm', '']
const words = [
  'follow-up',
  'pain',
  'improved',
  'medication',
  'reviewed',
  'with',
  'patient',
  'no',
  'acute',
  'distress',
  'plan',
  'stable',
]

const pick = (draw, list) => list[Math.floor(draw() * list.length)]
/** One name in about five holds a letter beyond ASCII. */
function name(draw) {
  const syllable = () => `${pick(draw, vowels.slice(0, draw() < 0.1 ? 10 : 8))}${pick(draw, ends)}`
  return `${pick(draw, onsets)}${syllable()}${draw() < 0.6 ? `${pick(draw, onsets).toLowerCase()}${syllable()}` : ''}`
}
const digits = (draw, count) => Array.from({ length: count }, () => Math.floor(draw() * 10)).join('')
/** One note in five holds what JSON has to escape. */
function note(draw) {
  const text = Array.from({ length: 4 + Math.floor(draw() * 14) }, () => pick(draw, words)).join(' ')
  return draw() < 0.2 ? `${text}\n"${name(draw)}" said so` : text
}

/** Elements that R4 lets a system leave out wherever they stand in these resources, and how often this one does. */
const left = {
  text: 0.03,
  display: 0.02,
  telecom: 0.05,
  maritalStatus: 0.1,
  multipleBirthBoolean: 0.1,
  communication: 0.08,
  prefix: 0.05,
  suffix: 0.05,
  postalCode: 0.05,
  state: 0.02,
  encounter: 0.04,
  serviceProvider: 0.05,
  reasonCode: 0.1,
  reasonReference: 0.1,
  abatementDateTime: 0.1,
  issued: 0.04,
  recordedDate: 0.05,
  billablePeriod: 0.02,
  net: 0.03,
  supportingInfo: 0.1,
  careTeam: 0.05,
  extension: 0.03,
  participant: 0.02,
  hospitalization: 0.1,
  dosageInstruction: 0.05,
  interpretation: 0.1,
}
/** Lists of which any number of entries will do. */
const lists = new Set(['item', 'adjudication', 'telecom', 'given', 'identifier', 'result', 'activity', 'supportingInfo'])
const statuses = {
  Observation: ['final', 'final', 'final', 'final', 'amended', 'corrected', 'preliminary'],
  Encounter: ['finished', 'finished', 'finished', 'in-progress', 'cancelled'],
  Procedure: ['completed', 'completed', 'completed', 'in-progress', 'stopped'],
  Immunization: ['completed', 'completed', 'completed', 'not-done'],
}
const clinical = new Set(['http://snomed.info/sct', 'http://loinc.org', 'http://www.nlm.nih.gov/research/umls/rxnorm'])

/** Codings of the corpus by where they stand, so that another one of the same place can take their part. */
function codingsOf(resources) {
  const pools = new Map()
  const walk = (value, path) => {
    if (Array.isArray(value)) for (const one of value) walk(one, path)
    else if (typeof value === 'object' && value !== null) {
      if (clinical.has(value.system) && typeof value.code === 'string') {
        const key = `${path} ${value.system}`
        pools.set(key, [...(pools.get(key) ?? []), value])
      }
      for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key}`)
    }
  }
  // A code of an observation says which profile holds for its values.
  for (const resource of resources) if (resource.resourceType !== 'Observation') walk(resource, resource.resourceType)
  return pools
}

function moved(text, shift) {
  const [, year, month, day, hour, minute, second, fraction, zone] = moment.exec(text) ?? []
  if (year === undefined) return text
  const at = new Date(Date.UTC(+year, +month - 1, +day, +(hour ?? 0), +(minute ?? 0), +(second ?? 0)) + shift)
  const written = at.toISOString()
  return hour === undefined ? written.slice(0, 10) : `${written.slice(0, 19)}${fraction ?? ''}${zone}`
}

function varied(resource, draw, pools) {
  const shift = -Math.floor(draw() * 3000 * 86400) * 1000
  const person = { family: name(draw), given: name(draw) }
  const change = (value, key, path, above) => {
    if (Array.isArray(value)) {
      let kept = value
      if (lists.has(key) && value.length > 1 && draw() < 0.15) kept = value.slice(0, 1 + Math.floor(draw() * value.length))
      if (key === 'given' && draw() < 0.2) kept = [...kept, name(draw)]
      return kept.map((one) => change(one, key, path, above))
    }
    if (typeof value === 'object' && value !== null) {
      let own = value
      const pool = clinical.has(value.system) ? pools.get(`${path} ${value.system}`) : undefined
      // A few codes are everywhere, many come once.
      if (pool !== undefined && draw() < 0.3) own = pool[Math.floor(draw() ** 2 * pool.length)]
      if (pool !== undefined && value.system.includes('rxnorm') && draw() < 0.2) own = { ...own, code: digits(draw, 7) }
      const made = {}
      for (const [name, member] of Object.entries(own)) {
        if (draw() < (left[name] ?? 0) && Object.keys(own).length > 1 && !(name === 'extension' && own.url !== undefined))
          continue
        if (name === 'display' && own.reference === undefined && own.code === undefined) made[name] = member
        else made[name] = change(member, name, `${path}.${name}`, own)
      }
      return made
    }
    if (typeof value === 'number') return amount(value, key, above, draw)
    if (typeof value !== 'string') return value
    if (moment.test(value)) return moved(value, shift)
    if (key === 'family') return person.family
    if (key === 'given') return draw() < 0.5 ? person.given : name(draw)
    if (key === 'city') return name(draw)
    if (key === 'line')
      return `${digits(draw, 1 + Math.floor(draw() * 3))} ${name(draw)} ${pick(draw, ['Street', 'Lane', 'Road'])}`
    if (key === 'postalCode') return digits(draw, 5)
    if (key === 'value' && above.system === 'phone') return `555-${digits(draw, 3)}-${digits(draw, 4)}`
    if (key === 'value' && above.system === 'email') return `${digits(draw, 6)}@mail.example`
    if (key === 'value' && above.system !== undefined && value.search(uuid) < 0) return digits(draw, 10)
    if (key === 'display' && above.reference !== undefined)
      return `${pick(draw, ['Dr.', 'Ms.', 'Mr.'])} ${person.given} ${person.family}`
    return value
  }
  const made = change(resource, '', resource.resourceType, {})
  const { resourceType, id, ...rest } = made
  const lastUpdated = `20${10 + Math.floor(draw() * 14)}-0${1 + Math.floor(draw() * 9)}-1${Math.floor(draw() * 10)}T0${Math.floor(draw() * 10)}:${10 + Math.floor(draw() * 50)}:${10 + Math.floor(draw() * 50)}.${digits(draw, 3)}Z`
  const whole = { resourceType, id, meta: { versionId: String(1 + Math.floor(draw() ** 3 * 9)), lastUpdated }, ...rest }
  const known = statuses[resourceType]
  if (known !== undefined && draw() < 0.4) whole.status = pick(draw, known)
  if (draw() < 0.04 && ['Observation', 'Procedure', 'Condition', 'Immunization'].includes(resourceType))
    whole.note = [{ text: note(draw) }]
  if (resourceType === 'Patient') {
    whole.gender = pick(draw, ['female', 'male', 'other', 'unknown'])
    if (draw() < 0.1) whole.deceasedDateTime = moved('2019-05-01T10:00:00+01:00', shift)
    if (draw() < 0.3) whole.contact = [{ relationship: [{ text: 'next of kin' }], name: { family: name(draw) } }]
  }
  return whole
}

function amount(value, key, above, draw) {
  if (key !== 'value' && !key.startsWith('value')) return value
  if (above.currency !== undefined || !Number.isInteger(value)) return Math.round(value * (0.5 + draw()) * 100) / 100
  return value < 5 ? value : Math.round(value * (0.7 + draw() * 0.6))
}

/** Names, brackets and kinds of values; lists with every entry. */
export function skeletonOf(value) {
  if (Array.isArray(value)) return `[${value.map(skeletonOf).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value).map(([key, member]) => `${key}:${skeletonOf(member)}`)}}`
  return typeof value === 'string' ? 's' : typeof value === 'number' ? 'n' : typeof value === 'boolean' ? 'b' : '0'
}

/** A folder of about so many bytes, one file per type, written once and kept in the cache. Gives its files and bytes. */
export function distinctFolder(bytes) {
  if (!existsSync(source)) throw new Error('the bulk resources are not laid beside the project')
  const names = readdirSync(source)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
  const folder = join(root, '.cache', 'bench', `distinct-${bytes}`)
  const paths = names.map((name) => join(folder, name))
  if (!existsSync(folder)) {
    const draft = `${folder}.draft`
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true })
    const resources = names.map((name) =>
      readFileSync(join(source, name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
    const pools = codingsOf(resources.flat())
    const files = names.map((name) => openSync(join(draft, name), 'w'))
    let written = 0
    for (let copy = 0; written < bytes; copy++)
      for (const [index, file] of files.entries()) {
        const lines = resources[index].map((resource, number) =>
          JSON.stringify(varied(resource, drawing(copy * 1_000_003 + index * 10_007 + number), pools)),
        )
        const text = `${lines.join('\n')}\n`.replace(uuid, (part) =>
          ((Number.parseInt(part, 16) + copy * 2654435761) >>> 0).toString(16).padStart(8, '0'),
        )
        written += writeSync(file, text)
      }
    for (const file of files) closeSync(file)
    renameSync(draft, folder)
  }
  return { paths, bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0) }
}

/** How many shapes the lines of these files have, and how many lines are the first of theirs. */
export function shapesOf(paths) {
  const shapes = new Set()
  let lines = 0
  for (const path of paths)
    for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
      lines++
      shapes.add(skeletonOf(JSON.parse(line)))
    }
  return { lines, shapes: shapes.size }
}
