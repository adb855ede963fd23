/** Comments being written on one record: shown at once, kept in this browser's store, forgotten when they became part of a verdict. */
import { useCallback, useEffect, useState } from 'react'
import { type Draft, keepDraft, readDrafts } from '../../../session/drafts.ts'
import { actorSlug, wallNow } from '../../../session/ledger.ts'
import { openProject } from '../../../session/state.ts'

export interface DraftsOfRecord {
  /** Null where nothing is being written about this entry. */
  readonly text: (item: string) => string | null
  /** When the text that the store holds was typed; null as long as the latest is on its way. */
  readonly keptAt: (item: string) => string | null
  readonly write: (item: string, text: string) => void
  readonly forget: (item: string) => void
}

export function useDrafts(record: string): DraftsOfRecord {
  const [held, setHeld] = useState<Readonly<Record<string, Draft>>>({})
  const [kept, setKept] = useState<Readonly<Record<string, Draft>>>({})
  const project = openProject().manifest.id
  // Somebody else at this browser does not go on with what the last one began.
  const name = `${actorSlug()} ${record}`
  useEffect(() => {
    let shown = true
    setHeld({})
    setKept({})
    void readDrafts(project).then((all) => {
      if (!shown) return
      setHeld((typed) => ({ ...all[name], ...typed }))
      setKept((written) => ({ ...all[name], ...written }))
    })
    return () => {
      shown = false
    }
  }, [project, name])
  const write = useCallback(
    (item: string, text: string): void => {
      const draft = { text, at: wallNow() }
      setHeld((before) => ({ ...before, [item]: draft }))
      // What can not be kept is not said to be; the text stays in its field.
      void keepDraft(project, name, item, draft).then(
        () => setKept((before) => ({ ...before, [item]: draft })),
        () => undefined,
      )
    },
    [project, name],
  )
  const forget = useCallback(
    (item: string): void => {
      setHeld(({ [item]: _, ...others }) => others)
      void keepDraft(project, name, item, { text: '', at: '' }).catch(() => undefined)
    },
    [project, name],
  )
  const keptAt = (item: string): string | null => {
    const text = held[item]?.text
    const stored = kept[item]
    return stored !== undefined && stored.text === text ? stored.at : null
  }
  return { text: (item) => held[item]?.text ?? null, keptAt, write, forget }
}
