/** A choice between on and off: a track with a knob beside the words, so that it is seen to be changeable. */
import type { ReactNode } from 'react'
import { Switch } from 'react-aria-components'
import styles from './toggle.module.css'

export function Toggle(props: { readonly on: boolean; readonly onChange: (on: boolean) => void; readonly children: ReactNode }) {
  return (
    <Switch isSelected={props.on} onChange={props.onChange} className={`line ${styles.toggle}`}>
      <span className={styles.track} aria-hidden="true" />
      {props.children}
    </Switch>
  )
}
