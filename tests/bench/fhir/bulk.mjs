/** Bulk exports of any size for the benchmarks: the public bulk resources again and again, each copy with ids of its own. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { shared } from '../../../scripts/accept/measure.mjs'
import { root } from '../../../scripts/setup.mjs'

const source = join(shared, 'data', 'fhir', 'bulk-ndjson')
const uuid = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g

function sourceFiles() {
  if (!existsSync(source)) throw new Error('the bulk resources are not laid beside the project')
  return readdirSync(source)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
}

/** All resources so many times, parsed, each copy with ids of its own. */
export function bulkResources(copies = 1) {
  const texts = sourceFiles().map((name) => readFileSync(join(source, name), 'utf8').trimEnd())
  return Array.from({ length: copies }, (_, copy) => texts.map((text) => copyOf(text, copy)))
    .flat()
    .flatMap((text) => text.trimEnd().split('\n'))
    .map((line) => JSON.parse(line))
}

/** A folder of about so many bytes, one file per type, written once and kept in the cache. Gives its files, bytes and resources. */
export function bulkFolder(bytes) {
  const folder = join(root, '.cache', 'bench', `bulk-${bytes}`)
  const files = sourceFiles()
  const texts = files.map((name) => readFileSync(join(source, name), 'utf8').trimEnd())
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0)
  const copies = Math.max(1, Math.round(bytes / size))
  const paths = files.map((name) => join(folder, name))
  if (!paths.every((path) => existsSync(path))) {
    mkdirSync(folder, { recursive: true })
    for (const [index, path] of paths.entries()) {
      const file = openSync(path, 'w')
      for (let copy = 0; copy < copies; copy++) writeSync(file, copyOf(texts[index], copy))
      closeSync(file)
    }
  }
  const resources = texts.reduce((sum, text) => sum + text.split('\n').length, 0) * copies
  return { paths, bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0), resources }
}

/** Ids and the references to them change alike, so that everything still resolves inside its copy. */
function copyOf(text, copy) {
  if (copy === 0) return `${text}\n`
  const change = (part) => ((Number.parseInt(part, 16) + copy * 2654435761) >>> 0).toString(16).padStart(8, '0')
  return `${text.replace(uuid, change)}\n`
}

/** A Bundle of so many entries that refer to each other. */
export function bundleOf(entries) {
  const resources = bulkResources().filter(({ resourceType }) => resourceType === 'Observation')
  const patient = 'urn:uuid:00000000-0000-4000-8000-000000000000'
  const entry = Array.from({ length: entries }, (_, index) => {
    const id = (index + 1).toString(16).padStart(8, '0')
    const { text: _text, encounter: _encounter, ...resource } = resources[index % resources.length]
    return {
      fullUrl: `urn:uuid:${id}-0000-4000-8000-000000000000`,
      resource: { ...resource, id: `o${index}`, subject: { reference: patient } },
    }
  })
  const who = { fullUrl: patient, resource: { resourceType: 'Patient', id: 'p' } }
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [who, ...entry] })
}
