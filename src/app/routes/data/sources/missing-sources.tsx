/** Ways to open the files of the sources again: their folder with one press, the folder once more, or the files themselves. */
import { FileTrigger } from 'react-aria-components'
import { Button } from '../../../components/button.tsx'
import { FolderButton } from '../../../components/folder-button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { chooseFolderAgain, openFoldersAgain, useSourceFolders } from '../acts/source-folders.ts'
import { findAgain } from '../acts/sources.ts'

export function OpenAgainButtons() {
  const folders = useSourceFolders()
  const running = useWorkspace((w) => w.running !== null)
  const names = folders.map(({ name }) => name).join(', ')
  return (
    <>
      {folders.length > 0 && (
        <Button look="primary" isDisabled={running} onPress={() => void openFoldersAgain(folders)}>
          Open the {folders.length === 1 ? 'folder' : 'folders'} {names} again
        </Button>
      )}
      <FolderButton
        label={folders.length > 0 ? 'Choose another folder…' : 'Choose their folder…'}
        look={folders.length > 0 ? 'plain' : 'primary'}
        onChoose={() => void chooseFolderAgain()}
        onFiles={(files) => void findAgain(files)}
      />
      <FileTrigger allowsMultiple onSelect={(list) => list && void findAgain([...list])}>
        <Button>Open these files…</Button>
      </FileTrigger>
    </>
  )
}
