/** The manifest of an export as the server sends it: its pages joined, its files named, fresh links put to files that are known. */

import type { JsonObject, JsonValue } from '../../core/data/model/record.ts'
import { isObject } from '../../core/values/json.ts'
import type { ExportFile, ExportList } from './job.ts'
import { ExportError } from './wire.ts'

/** A manifest with everything that its pages list; links live here, in memory only: they can carry a right of access. */
export interface Links {
  readonly manifest: JsonObject
  readonly requiresAccessToken: boolean
  readonly entries: readonly Link[]
  /** Milliseconds since 1970; null where the server does not say. */
  readonly expires: number | null
}

export interface Link {
  readonly list: ExportList
  readonly type: string
  readonly number: number
  readonly name: string
  readonly url: string
  readonly count: number | null
}

const lists: readonly ExportList[] = ['output', 'deleted', 'error']

/** Joins the pages of one manifest (`link` with relation `next`, Bulk Data Access IG 3). */
export function linksOf(pages: readonly { readonly url: string; readonly value: JsonValue }[], expires: number | null): Links {
  const [first] = pages
  if (first === undefined || !isObject(first.value)) throw notAManifest()
  const entries: Link[] = []
  const joined: Record<string, JsonValue | undefined> = { ...first.value }
  delete joined.link
  for (const list of lists) {
    const whole: JsonValue[] = []
    for (const { url, value } of pages) {
      if (!isObject(value)) throw notAManifest()
      const part = value[list]
      if (part === undefined && list !== 'output') continue
      if (!Array.isArray(part)) throw notAManifest()
      for (const entry of part as readonly JsonValue[]) {
        const link = linkOf(entry, list, entries, url)
        entries.push(link)
        whole.push({ ...(isObject(entry) ? entry : {}), url: link.name })
      }
    }
    if (whole.length > 0 || joined[list] !== undefined) joined[list] = whole
  }
  return { manifest: joined, requiresAccessToken: first.value.requiresAccessToken === true, entries, expires }
}

/** The next page of a manifest, if it names one. */
export function nextPage(value: JsonValue, from: string): string | null {
  const links = isObject(value) && Array.isArray(value.link) ? (value.link as readonly JsonValue[]) : []
  const next = links.find((link) => isObject(link) && link.relation === 'next')
  return isObject(next) && typeof next.url === 'string' ? new URL(next.url, from).href : null
}

function linkOf(entry: JsonValue, list: ExportList, before: readonly Link[], from: string): Link {
  if (!isObject(entry) || typeof entry.url !== 'string') throw notAManifest()
  const said = typeof entry.type === 'string' && /^[A-Za-z]{1,64}$/.test(entry.type) ? entry.type : null
  const type = said ?? (list === 'output' ? 'resources' : list === 'error' ? 'OperationOutcome' : 'Bundle')
  const number = before.filter((link) => link.list === list && link.type === type).length
  const part = `${type}.${String(number).padStart(3, '0')}.ndjson`
  const count = typeof entry.count === 'number' ? entry.count : null
  let url: string
  try {
    url = new URL(entry.url, from).href
  } catch {
    throw notAManifest()
  }
  return { list, type, number, name: list === 'output' ? part : `${list}.${part}`, url, count }
}

/** Files of a first manifest. */
export function filesOf(links: Links): ExportFile[] {
  return links.entries.map(({ url: _url, ...named }) => ({
    ...named,
    state: 'waiting',
    bytes: 0,
    lines: 0,
    sha256: null,
    etag: null,
    why: null,
  }))
}

/**
 * The link of a file that an earlier manifest named.
 * @throws ExportError where the server's new answer lists other files
 */
export function linkFor(file: ExportFile, links: Links): Link {
  const found = links.entries.find((link) => link.name === file.name && link.list === file.list)
  if (found && found.count === file.count) return found
  throw new ExportError(
    `The server now lists other files than when this export began (${file.name}). Start the export anew in an empty folder.`,
  )
}

function notAManifest(): ExportError {
  return new ExportError(
    'The server says that the export is ready, but its answer is no manifest of a bulk export (a list "output" of files with url). Ask who runs the server.',
  )
}
