/** How much of a disk is free, and how an error says that nothing is. */
import { statfs } from 'node:fs/promises'

/** So much of the disk stays free for whatever is not a file: the journal of everybody. */
export const keptForJournal = 1024 * 1024 * 1024
/** So much stays free for the database itself: above it what people append is taken. */
export const keptForDatabase = 256 * 1024 * 1024

export const diskFull =
  'The disk of the server is full, so nothing more is stored. Your work stays here and is sent again; tell who runs the server.'

/** Whether more than so many bytes are free where this folder lies. */
export async function hasRoom(folder: string, bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize > bytes
}

/** Of the system (no space, quota) and of PostgreSQL (disk_full). */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : null
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || /no space left on device/i.test(error.message)
}
