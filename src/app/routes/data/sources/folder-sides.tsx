/** Which side the files of each folder are of: said by a name, or asked for; one choice speaks for the whole folder. */
import type { Side, SourceEntry } from '../../../../core/data/model/source.ts'
import { pathOf } from '../../../../io/files/given-files.ts'
import { formatCount } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { sideOfPath } from '../acts/match-source.ts'
import styles from '../data.module.css'

interface FolderOf {
  readonly name: string
  readonly sources: readonly SourceEntry[]
  /** Files whose side no name says. */
  readonly unsaid: number
}

const sides: readonly (readonly [Side, string])[] = [
  ['legacy', 'Legacy'],
  ['target', 'Target'],
]

/** @param sources those that were just added and wait to be looked at; others of their folders are of the same side */
export function FolderSides(props: {
  readonly sources: readonly SourceEntry[]
  /** Ids of sources whose side a person said here. */
  readonly said: ReadonlySet<string>
  readonly onSay: (ids: readonly string[], side: Side) => void
}) {
  const { sources, said } = props
  const all = useWorkspace((w) => w.project?.sources ?? [])
  const files = useWorkspace((w) => w.files)
  const systems = useWorkspace((w) => w.project?.manifest ?? null)
  if (systems === null) return null
  const pathIn = ({ id }: SourceEntry): string => {
    const file = files.get(id)
    return file ? pathOf(file) : ''
  }
  const folderIn = (source: SourceEntry): string => pathIn(source).split('/').slice(0, -1).join('/')
  const names = [...new Set(sources.map(folderIn))].sort()
  const folders = names.map((name): FolderOf => {
    const own = (name === '' ? sources : all).filter((source) => folderIn(source) === name)
    return {
      name,
      sources: own,
      unsaid: own.filter((one) => !said.has(one.id) && sideOfPath(pathIn(one), systems) === null).length,
    }
  })
  const unsaid = folders.reduce((sum, one) => sum + one.unsaid, 0)
  if (unsaid === 0 && sources.length === 1) return null
  return (
    <div className="stack-tight">
      {unsaid > 0 && (
        <Note mark="warning">
          No name says the side of {formatCount(unsaid, 'file', 'files')}. Tables are taken for legacy and resources for target
          until you say it.
        </Note>
      )}
      {sources.length > 1 && (
        <ul className={`row-start ${styles.folderSides}`} aria-label="Sides of folders">
          {folders.map(({ name, sources: own }) => {
            const [first, ...more] = new Set(own.map(({ side }) => side))
            const mixed = more.length > 0
            return (
              <li key={name}>
                <Select
                  label={`${name === '' ? 'Files without a folder' : name}, ${formatCount(own.length, 'file', 'files')}`}
                  value={mixed ? '' : (first ?? 'legacy')}
                  choices={mixed ? [['', 'Both sides'] as const, ...sides] : sides}
                  onChange={(side) =>
                    side !== '' &&
                    props.onSay(
                      own.map(({ id }) => id),
                      side,
                    )
                  }
                />
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
