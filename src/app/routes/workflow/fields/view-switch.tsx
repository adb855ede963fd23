/** Canvas, table, simulation or timed tests: views of the same workflow. */
import styles from '../compare/compare.module.css'

export function ViewSwitch({
  workflow,
  shown,
}: {
  readonly workflow: string
  readonly shown: 'canvas' | 'table' | 'simulate' | 'tests'
}) {
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
      <a
        className={styles.segment}
        href={`#/workflow/${workflow}/simulate`}
        aria-current={shown === 'simulate' ? 'page' : undefined}
      >
        Simulate
      </a>
      <a className={styles.segment} href={`#/workflow/${workflow}/tests`} aria-current={shown === 'tests' ? 'page' : undefined}>
        Timed tests
      </a>
    </span>
  )
}
