/** Opens the browser by a page of its own: words of a command are seen by every user of the machine, the link among them. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWhole } from '../../io/files/whole-file.ts'

/** The page is in a folder that nobody else may enter, until it is removed. */
export async function openBrowser(link: string): Promise<{ remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-open-'))
  const page = join(folder, 'open.html')
  await writeWhole(
    page,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${link}"><title>Carryover</title>`,
    true,
  )
  const [program = '', ...words] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  const child = spawn(program, [...words, page], { stdio: 'ignore', detached: true })
  // A machine without a desktop has no browser to open; the printed address is enough.
  child.on('error', () => undefined)
  child.unref()
  return { remove: () => rm(folder, { recursive: true, force: true }) }
}
