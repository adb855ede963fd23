/** A project folder or file as the page may fetch it: packed without `private/`, because anybody on this machine can ask the loopback. */
import { packProject } from '../../core/project/format/bundle.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { readProject } from '../../io/store/store-node.ts'
import { InputError } from '../shell/usage-error.ts'

export async function readOpenedProject(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return packProject(await readProject(path))
  } catch (error) {
    if (error instanceof StoreProblem) throw new InputError(error.message)
    throw error
  }
}
