/** The folder on a person's disk that the open project is saved to, and the documents that it is known to hold. */
interface ProjectFolder {
  readonly handle: FileSystemDirectoryHandle
  readonly paths: ReadonlySet<string>
}

let folder: ProjectFolder | null = null

export function projectFolder(): ProjectFolder | null {
  return folder
}

export function takeFolder(handle: FileSystemDirectoryHandle, paths: Iterable<string>): void {
  folder = { handle, paths: new Set(paths) }
}

export function forgetFolder(): void {
  folder = null
}
