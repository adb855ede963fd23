/** The work folder as a task writes to it. */
import type { TaskWork } from '../spread-verb.ts'
import type { WorkFolder } from '../work-folder.ts'

/** A work folder that counts what is written. */
export function countedFolder(work: TaskWork): WorkFolder {
  return { ...work.folder, where: work.folder.where, write: (name, bytes) => work.write(name, bytes) }
}
