/** A folder of the browser's private file system, in memory: the members that are used of it. */
export class MemoryFolder {
  readonly name: string
  private readonly folders = new Map<string, MemoryFolder>()
  private readonly files = new Map<string, Blob>()

  constructor(name: string) {
    this.name = name
  }

  get handle(): FileSystemDirectoryHandle {
    const { name, folders, files } = this
    const fileHandle = (file: string) => ({
      kind: 'file' as const,
      name: file,
      getFile: async () => new File([files.get(file) ?? new Blob()], file),
      createWritable: async () => {
        const pieces: BlobPart[] = []
        return {
          write: async (piece: BlobPart) => void pieces.push(piece),
          close: async () => void files.set(file, new Blob(pieces)),
        }
      },
    })
    const missing = (): never => {
      throw new DOMException('It is not there.', 'NotFoundError')
    }
    const handle = {
      kind: 'directory' as const,
      name,
      getDirectoryHandle: async (folder: string, { create = false } = {}) => {
        if (!folders.has(folder) && create) folders.set(folder, new MemoryFolder(folder))
        return folders.get(folder)?.handle ?? missing()
      },
      getFileHandle: async (file: string, { create = false } = {}) => {
        if (!files.has(file) && create) files.set(file, new Blob())
        return files.has(file) ? fileHandle(file) : missing()
      },
      removeEntry: async (entry: string) => {
        if (!folders.delete(entry) && !files.delete(entry)) missing()
      },
      async *keys() {
        yield* [...folders.keys(), ...files.keys()]
      },
      async *values() {
        for (const folder of [...folders.values()]) yield folder.handle
        for (const file of [...files.keys()]) yield fileHandle(file)
      },
    }
    return handle as object as FileSystemDirectoryHandle
  }
}
