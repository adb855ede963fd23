/** A project folder or file as the page may fetch it: packed without `private/`, because anybody on this machine can ask the loopback. */
import { packProject } from '../core/project/bundle.ts'
import { readProject } from '../io/store-node.ts'

export async function readOpenedProject(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return packProject(await readProject(path))
}
