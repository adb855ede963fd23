/** One of a few: every choice is seen, the chosen one is marked by border, ground and weight. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import styles from './choice.module.css'

export interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
}

export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  return (
    <RadioGroup
      className="stack-tight"
      value={props.value}
      onChange={(chosen) => {
        const found = props.choices.find(([value]) => value === chosen)
        if (found) props.onChange(found[0])
      }}
    >
      <Label>
        <strong>{props.label}</strong>
      </Label>
      <div className="row-start">
        {props.choices.map(([value, word]) => (
          <Radio key={value} value={value} className={`line ${styles.radio}`}>
            {word}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
