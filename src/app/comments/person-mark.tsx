/** A round mark of a person beside their name: letters on their colour, never the colour alone. */
import type { PresenceColour } from '../../core/workflow/together/presence.ts'
import styles from './comments.module.css'
import { initialsOf } from './people.ts'

export function PersonMark({ name, colour }: { readonly name: string; readonly colour: PresenceColour }) {
  return (
    <span className={styles.person} data-colour={colour} title={name} role="img" aria-label={name}>
      {initialsOf(name)}
    </span>
  )
}
