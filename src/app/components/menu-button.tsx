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
  /** What a screen reader says instead, where several buttons have one label. */
  readonly name?: string
  readonly choices: readonly MenuChoice<Id>[]
  readonly onChoose: (id: Id) => void
  readonly isDisabled?: boolean
  /** The arrow alone; the label is for who can not see what stands beside it. */
  readonly bare?: boolean
  /** Opened from outside, by a key; without it the button alone opens the list. */
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function MenuButton<Id extends string>(props: MenuButtonProps<Id>) {
  const { label, name, choices, onChoose, isDisabled = false, bare = false, open, onOpenChange } = props
  const opening = open === undefined ? {} : { isOpen: open }
  return (
    <MenuTrigger {...opening} {...(onOpenChange && { onOpenChange })}>
      <Button
        isDisabled={isDisabled}
        {...(bare && { look: 'quiet' as const })}
        {...((bare || name !== undefined) && { 'aria-label': name ?? label })}
      >
        {!bare && label}
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d="m3 6 5 5 5-5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <Popover className={`float ${styles.popover}`} placement="bottom end">
        <AriaMenu
          className={`scroll ${styles.menu}`}
          aria-label={name ?? label}
          onAction={(key) => {
            const chosen = choices.find(({ id }) => id === key)
            if (chosen) onChoose(chosen.id)
          }}
        >
          {choices.map(({ id, label: title, detail }) => (
            <MenuItem key={id} id={id} textValue={title} className={`option ${styles.item}`}>
              <Text slot="label">{title}</Text>
              {detail !== undefined && (
                <Text slot="description" className="caption muted">
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
