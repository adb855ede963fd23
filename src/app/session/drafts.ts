/** Comments that are half written: kept in this browser's own store over a reload, and gone with what they became or with the project. */
import * as v from 'valibot'
import { fits, type Kept, map, object } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { browserStore } from './browser-store.ts'
import { draftSetting } from './draft-setting.ts'

const draft = object({
  text: v.string(),
  /** When it was typed, RFC 3339. */
  at: v.string(),
})
export type Draft = Kept<typeof draft>

const draftsDocument = map(map(draft))
/** By record and entry. */
export type Drafts = Kept<typeof draftsDocument>

export async function readDrafts(project: string): Promise<Drafts> {
  const text = await (await browserStore()).setting(draftSetting(project)).catch(() => null)
  const read = parseJson(text ?? '')
  return read.ok && fits(read.value, draftsDocument) ? read.value : {}
}

interface Waiting {
  readonly record: string
  readonly item: string
  readonly draft: Draft
}

/** What no write has taken up yet, by project; of one entry only the latest. */
const waiting = new Map<string, Waiting[]>()
let writing: Promise<unknown> = Promise.resolve()

/**
 * Keeps, or with an empty text forgets, what is written about one entry. One write follows the other, and each takes up everything that was
 * typed meanwhile: fast hands wait for one write, not for one of each letter.
 * @returns resolves when this text, or a later one of the same entry, stands in the store
 */
export function keepDraft(project: string, record: string, item: string, draft: Draft): Promise<void> {
  const others = (waiting.get(project) ?? []).filter((each) => each.record !== record || each.item !== item)
  waiting.set(project, [...others, { record, item, draft }])
  const next = writing.then(() => writeWaiting(project))
  writing = next.catch(() => undefined)
  return next
}

async function writeWaiting(project: string): Promise<void> {
  const taken = waiting.get(project) ?? []
  if (taken.length === 0) return
  let all = await readDrafts(project)
  for (const { record, item, draft } of taken) {
    const { [item]: _, ...others } = all[record] ?? {}
    const own = draft.text.trim() === '' ? others : { ...others, [item]: draft }
    const { [record]: __, ...records } = all
    all = Object.keys(own).length === 0 ? records : { ...records, [record]: own }
  }
  await (await browserStore()).keepSetting(draftSetting(project), JSON.stringify(all))
  // What was typed while this was written waits for the next one; what could not be written stays as well.
  waiting.set(
    project,
    (waiting.get(project) ?? []).filter((each) => !taken.includes(each)),
  )
}
