/** The ways in, as the first page offers them: what opens a project comes when one is opened. */
import type { TemplateId } from '../../../samples/templates/names.ts'

export async function openFiles(files: readonly File[], folders: readonly FileSystemDirectoryHandle[] = []): Promise<void> {
  const open = await import('./open.ts')
  await open.openFiles(files, folders)
}

export async function openProjectFolder(): Promise<void> {
  const open = await import('./open.ts')
  await open.openProjectFolder()
}

export async function openKept(id: string, stay = false): Promise<void> {
  const taking = await import('./take-project.ts')
  await taking.openKept(id, stay)
}

export async function openSample(stay = false): Promise<void> {
  const sample = await import('./sample.ts')
  await sample.openSample(stay)
}

export async function createProject(
  names: { readonly name: string; readonly legacy: string; readonly target: string },
  beginning: {
    /** What it begins with; null for an empty project. */
    readonly template: TemplateId | null
    /** YYYY-MM-DD; null where none is planned yet. */
    readonly goLive: string | null
  },
): Promise<void> {
  const open = await import('./open.ts')
  if (!(await open.createProject(names))) return
  const { template, goLive } = beginning
  if (template !== null) await (await import('./take-template.ts')).takeTemplate(template)
  if (goLive !== null) await (await import('../routes/readiness/acts/input-files.ts')).nameGoLive(goLive)
}

export async function forget(id: string, name: string): Promise<void> {
  const keeping = await import('../session/keep.ts')
  await keeping.forget(id, name)
}
