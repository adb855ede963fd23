/** Several choices out of a list, behind one button: next steps, partners, elements. */
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import styles from './multi-pick.module.css'

export interface MultiPickProps {
  readonly label: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly chosen: ReadonlySet<string>
  /** Shown while nothing is chosen. */
  readonly none: string
  readonly disabled: boolean
  /** In a table, where the column says the label. */
  readonly bare?: boolean
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

export function MultiPick({ label, choices, chosen, none, disabled, bare = false, onChange }: MultiPickProps) {
  const names = choices.filter((choice) => chosen.has(choice.id)).map((choice) => choice.label)
  const words = names.length === 0 ? none : names.join(', ')
  return (
    <div className={bare ? styles.bare : styles.pick}>
      {!bare && <span>{label}</span>}
      <MenuTrigger>
        <Button
          className={`line full apart ${styles.button}`}
          isDisabled={disabled || choices.length === 0}
          aria-label={`${label}: ${words}`}
        >
          <span>{words}</span>
          <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
            <path d="m3.5 6 4.5 4.5L12.5 6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          </svg>
        </Button>
        <Popover className={`float scroll ${styles.popover}`}>
          <Menu
            aria-label={label}
            selectionMode="multiple"
            selectedKeys={[...chosen]}
            onSelectionChange={(keys) =>
              onChange(keys === 'all' ? new Set(choices.map((choice) => choice.id)) : new Set([...keys].map(String)))
            }
            className={styles.menu ?? ''}
            items={choices}
          >
            {(choice) => (
              <MenuItem id={choice.id} textValue={choice.label} className="line option">
                {({ isSelected }) => (
                  <>
                    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                      <rect x="2" y="2" width="12" height="12" rx="2" fill="none" stroke="currentColor" strokeWidth="1.4" />
                      {isSelected && <path d="M4.5 8.2 7 10.7l4.5-5" fill="none" stroke="currentColor" strokeWidth="2" />}
                    </svg>
                    {choice.label}
                  </>
                )}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
