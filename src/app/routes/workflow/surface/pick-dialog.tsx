/** Picks one step or lane by typing part of its name: the way to connect and to trace without a mouse. */
import { useState } from 'react'
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from 'react-aria-components'
import { Dialog } from '../../../components/dialog.tsx'
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
  /** The choice that makes something of what was typed, where no choice has that name. */
  readonly make?: { readonly label: (typed: string) => string; readonly onMake: (typed: string) => void }
  readonly onPick: (id: string) => void
  readonly onClose: () => void
}

const made = 'made of what was typed'

export function PickDialog({ title, choices, empty, make, onPick, onClose }: PickDialogProps) {
  const { contains } = useFilter({ sensitivity: 'base' })
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const known = choices.some(({ label }) => label.toLowerCase() === text.toLowerCase())
  const offered = make && text !== '' && !known ? [...choices, { id: made, label: make.label(text), detail: '' }] : choices
  return (
    <Dialog title={title} open onClose={onClose}>
      <Autocomplete filter={contains} inputValue={typed} onInputChange={setTyped}>
        <SearchField aria-label={`${title} Type a part of the name`} autoFocus className={styles.search ?? ''}>
          <Input placeholder={make ? 'Type a part of the name, or a new one' : 'Type a part of the name'} />
        </SearchField>
        <Menu
          aria-label={title}
          className={`scroll ${styles.choices}`}
          items={offered}
          renderEmptyState={() => <p className="muted">{empty}</p>}
          onAction={(key) => {
            onClose()
            if (key === made) make?.onMake(text)
            else onPick(String(key))
          }}
        >
          {(choice) => (
            <MenuItem id={choice.id} textValue={choice.id === made ? text : choice.label} className="apart option line-start">
              <span>{choice.label}</span>
              <span className="muted caption">{choice.detail}</span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  )
}
