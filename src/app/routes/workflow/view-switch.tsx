/** Canvas or table: two equal views of the same workflow. */
import styles from './compare.module.css'

export function ViewSwitch({ workflow, shown }: { readonly workflow: string; readonly shown: 'canvas' | 'table' }) {
  return (
    <span className={`${styles.segments} no-print`}>
      <a
        className={styles.segment}
        href={`#/workflow/${workflow}/compare`}
        aria-current={shown === 'canvas' ? 'page' : undefined}
      >
        Canvas
      </a>
      <a className={styles.segment} href={`#/workflow/${workflow}/table`} aria-current={shown === 'table' ? 'page' : undefined}>
        Table
      </a>
    </span>
  )
}
