/** Several pieces in one file of `shuffle/`, each sealed by itself, so that a task reads those that it needs. */
import type { RunKey } from '../run-key.ts'
import type { TaskWork } from '../spread-verb.ts'
import type { WorkFolder } from '../work-folder.ts'

/** Where each piece ends in the file; kept in the part of the task. */
export type PieceEnds = readonly number[]

export async function writePieces(work: TaskWork, name: string, pieces: readonly Uint8Array[]): Promise<PieceEnds> {
  const sealed = pieces.map((piece, i) => (piece.length === 0 ? [] : work.key.sealed(`${name}:${i}`, piece)))
  const ends: number[] = []
  for (const parts of sealed) ends.push(parts.reduce((sum, { length }) => sum + length, ends.at(-1) ?? 0))
  await work.write(`shuffle/${name}`, Buffer.concat(sealed.flat()))
  return ends
}

export async function readPiece(
  folder: WorkFolder,
  key: RunKey,
  name: string,
  ends: PieceEnds,
  piece: number,
): Promise<Uint8Array> {
  const from = ends[piece - 1] ?? 0
  const to = ends[piece] ?? from
  return to === from ? new Uint8Array(0) : key.open(`${name}:${piece}`, await folder.slice(`shuffle/${name}`, from, to))
}
