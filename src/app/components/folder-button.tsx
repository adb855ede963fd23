/** A button that asks for a folder: with the way to open it again where the browser gives one, else for its files alone. */
import { FileTrigger } from 'react-aria-components'
import { foldersCanBeChosen } from '../../io/files/folder-browser.ts'
import { Button } from './button.tsx'

export interface FolderButtonProps {
  readonly label: string
  readonly look?: 'plain' | 'primary'
  /** Opens the dialog of the browser itself, so that the folder can be kept. */
  readonly onChoose: () => void
  /** Files of the folder, where the browser gives no more. */
  readonly onFiles: (files: readonly File[]) => void
}

export function FolderButton({ label, look = 'plain', onChoose, onFiles }: FolderButtonProps) {
  if (foldersCanBeChosen())
    return (
      <Button look={look} onPress={onChoose}>
        {label}
      </Button>
    )
  return (
    <FileTrigger acceptDirectory onSelect={(list) => list && onFiles([...list])}>
      <Button look={look}>{label}</Button>
    </FileTrigger>
  )
}
