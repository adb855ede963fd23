/** The ways in, as the first page offers them: what opens a project comes when one is opened. */

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

export async function createProject(names: {
  readonly name: string
  readonly legacy: string
  readonly target: string
}): Promise<void> {
  const open = await import('./open.ts')
  await open.createProject(names)
}

export async function forget(id: string, name: string): Promise<void> {
  const keeping = await import('../session/keep.ts')
  await keeping.forget(id, name)
}
