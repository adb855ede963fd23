/** A button that opens a short list of actions. */
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import { Button } from './button.tsx'
import styles from './menu-button.module.css'

export interface MenuChoice<Id extends string> {
  readonly id: Id
  readonly label: string
  /** What the choice gives, in a few words. */
  readonly detail?: string
}

export interface MenuButtonProps<Id extends string> {
  readonly label: string
  readonly choices: readonly MenuChoice<Id>[]
  readonly onChoose: (id: Id) => void
  readonly isDisabled?: boolean
  /** Opened from outside, by a key; without it the button alone opens the list. */
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function MenuButton<Id extends string>(props: MenuButtonProps<Id>) {
  const { label, choices, onChoose, isDisabled = false, open, onOpenChange } = props
  const opening = open === undefined ? {} : { isOpen: open }
  return (
    <MenuTrigger {...opening} {...(onOpenChange && { onOpenChange })}>
      <Button isDisabled={isDisabled}>
        {label}
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d="m3 6 5 5 5-5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <Popover className={styles.popover ?? ''} placement="bottom end">
        <AriaMenu
          className={styles.menu ?? ''}
          aria-label={label}
          onAction={(key) => {
            const chosen = choices.find(({ id }) => id === key)
            if (chosen) onChoose(chosen.id)
          }}
        >
          {choices.map(({ id, label: name, detail }) => (
            <MenuItem key={id} id={id} textValue={name} className={styles.item ?? ''}>
              <Text slot="label">{name}</Text>
              {detail !== undefined && (
                <Text slot="description" className={styles.detail ?? ''}>
                  {detail}
                </Text>
              )}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
