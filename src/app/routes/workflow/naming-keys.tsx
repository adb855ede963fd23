/** While a step is named: what its keys do. */
import styles from './over-canvas.module.css'

export function NamingKeys() {
  return (
    <p className={`${styles.namingKeys} no-print`}>
      <span>
        <kbd>Enter</kbd> keeps the name
      </span>
      <span>
        <kbd>Tab</kbd> keeps it and adds the next step
      </span>
      <span>
        <kbd>Esc</kbd> undoes typing
      </span>
    </p>
  )
}
