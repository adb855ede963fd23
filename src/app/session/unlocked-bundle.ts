/** What a reader's bundle holds, in memory alone: the records are in the clear only while it is unlocked, and never on this device's disk. */
import { create } from 'zustand'
import type { ReaderBundle } from '../../core/project/exchange/reader-bundle.ts'
import type { ReaderMark } from '../../core/project/format/project.ts'
import type { RecordPair } from '../../core/review/model/pair-types.ts'
import { useWorkspace, workspace } from './state.ts'

interface Room {
  readonly bundle: ReaderBundle | null
  readonly pairs: ReadonlyMap<string, RecordPair>
}

const empty: Room = { bundle: null, pairs: new Map() }

const useRoom = create<Room>()(() => empty)

export function unlock(bundle: ReaderBundle): void {
  useRoom.setState({ bundle, pairs: new Map(bundle.records.map(({ id, pair }) => [id, pair])) })
}

export function lockBundle(): void {
  useRoom.setState(empty)
}

/** Whose bundle is open here; null in any other project. */
export function readerMark(): ReaderMark | null {
  return workspace().project?.manifest.reader ?? null
}

export function useReaderMark(): ReaderMark | null {
  return useWorkspace((w) => w.project?.manifest.reader ?? null)
}

/** The bundle of the open project, while it is unlocked. */
export function unlockedBundle(): ReaderBundle | null {
  const { bundle } = useRoom.getState()
  return bundle?.contents.id === readerMark()?.bundle ? bundle : null
}

export function useUnlocked(): boolean {
  const mark = useReaderMark()
  return useRoom(({ bundle }) => bundle !== null && bundle.contents.id === mark?.bundle)
}

/** Both sides of a record of the bundle; null while it is locked. */
export function pairInBundle(id: string): RecordPair | null {
  return unlockedBundle() ? (useRoom.getState().pairs.get(id) ?? null) : null
}
