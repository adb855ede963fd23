/** The downtime kit as files to print: one page per department, the same bytes for the same project and day. */
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { counted } from '../../core/counted.ts'
import type { Hand } from '../../core/project/acts/hand.ts'
import type { Project } from '../../core/project/format/project.ts'
import { type DowntimeKit, kitTitle, makeKit } from '../../core/readiness/downtime/kit.ts'
import { withKit } from '../../core/readiness/downtime/kit-record.ts'
import { sheetHtml } from '../../core/readiness/sheets/sheet-html.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { makeFolder } from '../shell/out-files.ts'
import { printAside } from '../shell/print.ts'
import { InputError } from '../shell/usage-error.ts'
/** The project with the kit of that day, once its pages are written; what they lack is said on standard error. */
export async function withKitFiles(project: Project, asOf: string, folder: string, hand: Hand): Promise<Project> {
  const kit = makeKit(project, asOf)
  const made = kit && withKit(project, asOf, hand)
  if (!kit || !made)
    throw new InputError('The roster of the project names no department to make a kit for; give one with --input roster=FILE.')
  await makeFolder('--kit', folder)
  await clearPages(folder)
  for (const { file, text } of kitPages(kit)) await writeWhole(join(folder, file), text, true)
  printAside(`${counted(kit.clinics.length, 'page')} of the downtime kit in ${folder}\n`)
  for (const line of kit.clinics[0]?.sheet.lead ?? []) if (line.startsWith('NOT COMPLETE')) printAside(`${line}\n`)
  return made
}

/** Pages of an earlier kit are not left beside the new ones: their patients are those of another day. */
async function clearPages(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^\d{2,}-.*\.html$/.test(name)) continue
    const file = join(folder, name)
    if ((await readFile(file, 'utf8')).includes(kitTitle)) await rm(file)
  }
}

/** The number before each name keeps departments apart whose names differ in signs alone. */
function kitPages({ clinics }: DowntimeKit): readonly { readonly file: string; readonly text: string }[] {
  return clinics.map(({ name, sheet }, n) => {
    const words = [String(n + 1).padStart(2, '0'), ...(name.toLowerCase().match(/[a-z0-9]+/g) ?? [])]
    return { file: `${words.join('-')}.html`, text: sheetHtml(sheet) }
  })
}
