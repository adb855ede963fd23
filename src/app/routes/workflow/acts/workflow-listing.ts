/** How the workflows of a project are listed: their order, their tags, and which are put away. No map changes by it, so no result does. */
import { useMemo } from 'react'
import { utf8 } from '../../../../core/canonical.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { isMembers } from '../../../../core/values/json.ts'
import { actAtOnce } from '../../../session/act.ts'
import { openProject, useWorkspace, workspace } from '../../../session/state.ts'

const path = 'workflows/list.json'

export interface Listing {
  /** Workflows that somebody put into an order; the others follow by id. */
  readonly order: readonly string[]
  readonly archived: ReadonlySet<string>
  readonly tags: ReadonlyMap<string, readonly string[]>
}

export interface Listed extends Listing {
  /** In order, without those that are put away. */
  readonly open: readonly string[]
  /** In order. */
  readonly away: readonly string[]
}

export function useListed(): Listed {
  const workflows = useWorkspace((w) => w.workflows)
  const bytes = useWorkspace((w) => w.project?.other.get(path))
  return useMemo(() => listedOf([...workflows.keys()], readListing(bytes)), [workflows, bytes])
}

export function listed(): Listed {
  return listedOf([...workspace().workflows.keys()], readListing(openProject().other.get(path)))
}

function listedOf(ids: readonly string[], listing: Listing): Listed {
  const rank = new Map(listing.order.map((id, at) => [id, at]))
  const sorted = ids.toSorted((a, b) => (rank.get(a) ?? ids.length) - (rank.get(b) ?? ids.length) || (a < b ? -1 : 1))
  return {
    ...listing,
    open: sorted.filter((id) => !listing.archived.has(id)),
    away: sorted.filter((id) => listing.archived.has(id)),
  }
}

/** Past its neighbour in the list that is shown. @param by −1 up, 1 down */
export function moveWorkflow(id: string, by: -1 | 1): void {
  const { open, away, ...rest } = listed()
  const at = open.indexOf(id)
  const other = open[at + by]
  if (at < 0 || other === undefined) return
  const order = [...open, ...away]
  order[at] = other
  order[at + by] = id
  put({ ...rest, order })
}

export function archiveWorkflow(id: string, away: boolean): void {
  const { order, tags, archived } = listed()
  const next = new Set(archived)
  if (away) next.add(id)
  else next.delete(id)
  put({ order, tags, archived: next })
}

/** @param words separated by commas; each once, in the order they were given */
export function tagWorkflow(id: string, words: string): void {
  const { order, archived, tags } = listed()
  const own = [...new Set(words.split(',').map((word) => word.trim()))].filter((word) => word !== '')
  const next = new Map(tags)
  if (own.length === 0) next.delete(id)
  else next.set(id, own)
  put({ order, archived, tags: next })
}

/** The files of a project to which a new workflow comes: what was said of one that is gone says nothing of a new one that is given its id. */
export function unlisted(other: Project['other'], id: string): Project['other'] {
  const { order, archived, tags } = readListing(other.get(path))
  if (!order.includes(id) && !archived.has(id) && !tags.has(id)) return other
  return withListing(other, {
    order: order.filter((each) => each !== id),
    archived: new Set([...archived].filter((each) => each !== id)),
    tags: new Map([...tags].filter(([each]) => each !== id)),
  })
}

function put(listing: Listing): void {
  actAtOnce((project) => ({ ok: true, project: { ...project, other: withListing(project.other, listing) } }))
}

function withListing(files: Project['other'], { order, archived, tags }: Listing): Project['other'] {
  const other = new Map(files)
  if (order.length + archived.size + tags.size === 0) other.delete(path)
  else {
    const sorted = Object.fromEntries([...tags].sort(([a], [b]) => (a < b ? -1 : 1)))
    const json = { format: 'carryover-workflow-list/1', order, archived: [...archived].sort(), tags: sorted }
    other.set(path, utf8(`${JSON.stringify(json, null, 2)}\n`))
  }
  return other
}

/** A file that can not be read lists everything as if nobody had said anything. */
function readListing(bytes: Uint8Array | undefined): Listing {
  const none: Listing = { order: [], archived: new Set(), tags: new Map() }
  if (!bytes) return none
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (!isMembers(json)) return none
    const tags = isMembers(json.tags) ? Object.entries(json.tags) : []
    return {
      order: words(json.order),
      archived: new Set(words(json.archived)),
      tags: new Map(tags.map(([id, list]) => [id, words(list)] as const).filter(([, list]) => list.length > 0)),
    }
  } catch {
    return none
  }
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
