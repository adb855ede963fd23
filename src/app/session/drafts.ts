/** Comments that are half written: kept in this browser's own store over a reload, and gone with what they became or with the project. */

import { browserStore } from './browser-store.ts'
import { draftSetting } from './draft-setting.ts'

/** By record and entry. */
export type Drafts = Readonly<Record<string, Readonly<Record<string, Draft>>>>

export interface Draft {
  readonly text: string
  /** When it was typed, RFC 3339. */
  readonly at: string
}

export async function readDrafts(project: string): Promise<Drafts> {
  const text = await (await browserStore()).setting(draftSetting(project)).catch(() => null)
  if (text === null || text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

let writing: Promise<unknown> = Promise.resolve()

/** Keeps, or with an empty text forgets, what is written about one entry; one after the other, so that none is lost. */
export function keepDraft(project: string, record: string, item: string, draft: Draft): Promise<void> {
  const next = writing.then(async () => {
    const all = await readDrafts(project)
    const { [item]: _, ...others } = all[record] ?? {}
    const own = draft.text.trim() === '' ? others : { ...others, [item]: draft }
    const { [record]: __, ...records } = all
    const left = Object.keys(own).length === 0 ? records : { ...records, [record]: own }
    await (await browserStore()).keepSetting(draftSetting(project), JSON.stringify(left))
  })
  writing = next.catch(() => undefined)
  return next
}
