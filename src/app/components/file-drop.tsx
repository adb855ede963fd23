/** A place where files may be dropped; always a second way in beside a button that does the same. */
import { type ReactNode, useRef, useState } from 'react'
import { droppedFolders } from '../../io/files/given-files.ts'

export interface FileDropProps {
  readonly className?: string | undefined
  /** Added while files are held over the place. */
  readonly overClassName?: string | undefined
  /** Files that were dropped, at any depth of dropped folders. */
  readonly onFiles: (files: readonly File[], folders: readonly FileSystemDirectoryHandle[]) => void
  readonly children: ReactNode
}

export function FileDrop({ className = '', overClassName = '', onFiles, children }: FileDropProps) {
  const [over, setOver] = useState(false)
  // Children send enter and leave events of their own; only their balance says whether the files are still here.
  const depth = useRef(0)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping needs a pointer; the button beside it does the same by keyboard
    <div
      className={`${className} ${over ? overClassName : ''}`}
      onDragEnter={(event) => {
        event.preventDefault()
        depth.current++
        setOver(true)
      }}
      onDragOver={(event) => event.preventDefault()}
      onDragLeave={() => {
        depth.current--
        if (depth.current === 0) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        depth.current = 0
        setOver(false)
        const inside = droppedFolders(event.dataTransfer)
        if (inside) void inside.then(({ files, folders }) => onFiles(files, folders))
        else onFiles([...event.dataTransfer.files], [])
      }}
    >
      {children}
    </div>
  )
}
