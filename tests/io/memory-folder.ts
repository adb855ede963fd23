/** A folder as browsers hand it out, in memory: the members that are used of it. `spoil` changes what reaches the disk. */
export class MemoryFolder {
  readonly name: string
  readonly files = new Map<string, Blob>()
  private readonly folders = new Map<string, MemoryFolder>()
  private readonly spoil: (contents: Blob) => Blob

  constructor(name: string, spoil: (contents: Blob) => Blob = (contents) => contents) {
    this.name = name
    this.spoil = spoil
  }

  get handle(): FileSystemDirectoryHandle {
    const { name, folders, files, spoil } = this
    const fileHandle = (file: string) => ({
      kind: 'file' as const,
      name: file,
      getFile: async () => new File([files.get(file) ?? new Blob()], file),
      createWritable: async () => {
        const pieces: BlobPart[] = []
        return {
          write: async (piece: BlobPart) => void pieces.push(piece),
          close: async () => void files.set(file, spoil(new Blob(pieces))),
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
