/** Picks one step or lane by typing part of its name: the way to connect and to trace without a mouse. */
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from 'react-aria-components'
import { Dialog } from '../../components/dialog.tsx'
import styles from './questions.module.css'

export interface Choice {
  readonly id: string
  readonly label: string
  readonly detail: string
}

export interface PickDialogProps {
  readonly title: string
  readonly choices: readonly Choice[]
  readonly empty: string
  readonly onPick: (id: string) => void
  readonly onClose: () => void
}

export function PickDialog({ title, choices, empty, onPick, onClose }: PickDialogProps) {
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Dialog title={title} open onClose={onClose}>
      <Autocomplete filter={contains}>
        <SearchField aria-label={`${title} Type a part of the name`} autoFocus className={styles.search ?? ''}>
          <Input placeholder="Type a part of the name" />
        </SearchField>
        <Menu
          aria-label={title}
          className={styles.choices ?? ''}
          items={choices}
          renderEmptyState={() => <p className="muted">{empty}</p>}
          onAction={(key) => {
            onClose()
            onPick(String(key))
          }}
        >
          {(choice) => (
            <MenuItem id={choice.id} textValue={choice.label} className={styles.choice ?? ''}>
              <span>{choice.label}</span>
              <span className="muted caption">{choice.detail}</span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  )
}
