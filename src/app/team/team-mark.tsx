/** A round mark of a member: letters on their colour, with the name for whoever asks. */
import type { PresenceColour } from '../../core/workflow/together/presence.ts'
import styles from './team.module.css'

export function TeamMark({ name, colour }: { readonly name: string; readonly colour: PresenceColour }) {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : ''].map((word) => [...word][0] ?? '').join('')
  return (
    <span className={styles.mark} data-colour={colour} title={name} role="img" aria-label={name}>
      {letters.toUpperCase()}
    </span>
  )
}
