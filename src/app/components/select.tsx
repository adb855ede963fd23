/** A labelled choice from a short list. */
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components'
import styles from './select.module.css'

export function Select<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <AriaSelect
      className={`stack-tight ${styles.select}`}
      selectedKey={props.value}
      onSelectionChange={(key) => {
        const found = props.choices.find(([value]) => value === key)
        if (found) props.onChange(found[0])
      }}
    >
      <Label>{props.label}</Label>
      <Button className={`line apart ${styles.button}`}>
        <SelectValue />
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d="m3 6 5 5 5-5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <Popover className={`float ${styles.popover}`}>
        <ListBox className={`scroll ${styles.list}`}>
          {props.choices.map(([value, word]) => (
            <ListBoxItem key={value} id={value} className={`option ${styles.item}`}>
              {word}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
