/** Text of a source on screen: characters that would be invisible or reorder it are named. */
import { visibleParts } from '../../core/visible-text.ts'
import styles from './visible-words.module.css'

export function VisibleWords({ text }: { readonly text: string }) {
  let at = 0
  return visibleParts(text).map((part) => {
    const key = at++
    return part.hidden ? (
      <code key={key} className={styles.hidden}>
        {part.text}
      </code>
    ) : (
      <span key={key}>{part.text}</span>
    )
  })
}
