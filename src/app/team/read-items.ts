/** Items of a stream that are asked for by their place, a page at a time. */
import { decodeServerFrame, type StreamItem } from '../../core/team/frames.ts'

/** The next items after one, about 4 MiB at most; none behind the last. @throws {Error} with a sentence */
export async function readItems(project: string, stream: string, from: number, most = 500): Promise<readonly StreamItem[]> {
  const answer = await fetch(
    `/team/${encodeURIComponent(project)}/items?stream=${encodeURIComponent(stream)}&from=${from}&limit=${most}`,
  )
  if (!answer.ok) throw new Error('The server does not give this project. Ask its administrator for an invite.')
  const read = decodeServerFrame(new Uint8Array(await answer.arrayBuffer()))
  if (!read.ok || read.frame.kind !== 'items')
    throw new Error('The server sent something that this page can not read. Reload the page.')
  return read.frame.items
}
