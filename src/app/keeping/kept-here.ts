/** What this browser keeps of a project that is being opened: none, a state, or one that can not be read; each is said, none is written over unasked. */

import type { Project, ProjectFiles } from '../../core/project/format/project.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { browserStore } from '../session/browser-store.ts'
import { claimProject } from '../session/keep.ts'
import { ask } from '../session/question.ts'
import { setWorkspace } from '../session/state.ts'

interface Kept {
  /** Null where this browser keeps no such project, or none at all, or can not read it. */
  readonly files: ProjectFiles | null
  /** Why what is kept can not be read; null where it can. */
  readonly damaged: string | null
}

export async function keptOf(project: Project | null): Promise<Kept> {
  // Where nothing can be kept, nothing can be lost: the project opens, and the page says that it is not kept.
  const store = project && (await browserStore().catch(() => null))
  if (!project || !store) return { files: null, damaged: null }
  try {
    return { files: await store.open(project.manifest.id), damaged: null }
  } catch (error) {
    return { files: null, damaged: errorWords(error) }
  }
}

export async function mayReplace({ damaged }: Kept, name: string): Promise<boolean> {
  if (damaged === null) return true
  const answer = await ask({
    title: 'What this browser keeps of this project can not be read',
    text: `${damaged} If you open ${name} in its place, what is left here is removed: save nothing over a backup before you have looked at it.`,
    choices: [
      { value: 'none', label: 'Cancel' },
      { value: 'incoming', label: `Open ${name} in its place` },
    ],
  })
  return answer === 'incoming'
}

/** Where this browser keeps nothing, the project is open for this visit all the same. */
export async function claimOrSay(id: string): Promise<{ readonly writer: boolean; readonly unkept: string | null }> {
  try {
    return { writer: await claimProject(id), unkept: null }
  } catch (error) {
    return { writer: true, unkept: errorWords(error) }
  }
}

/** What can not be opened is said on the page. */
export async function orSay(open: () => Promise<void>): Promise<void> {
  try {
    await open()
  } catch (error) {
    setWorkspace({ problem: errorWords(error) })
  }
}
