/** Spellings of "nothing recorded" in a file, each with its reason; a person says which of them mean it. */

import type { ReadingChoices } from '../../../../core/data/model/source.ts'
import { formatNumber } from '../../../components/format.ts'
import styles from '../data.module.css'
import type { TablePreview } from './reading-words.ts'

export interface NullChoicesProps {
  readonly reading: ReadingChoices
  readonly preview: TablePreview
  readonly onChange: (nulls: readonly string[] | undefined) => void
}

export function NullChoices({ reading, preview, onChange }: NullChoicesProps) {
  const chosen = reading.nulls ?? []
  const seen = preview.nulls.map(({ token }) => token)
  const all = [
    ...preview.nulls,
    ...chosen.filter((token) => !seen.includes(token)).map((token) => ({ token, reason: 'chosen', count: 0, fields: [] })),
  ]
  const toggle = (token: string, on: boolean): void => {
    const next = on ? [...chosen, token] : chosen.filter((each) => each !== token)
    onChange(next.length === 0 ? undefined : next)
  }
  return (
    <tr>
      <th scope="row">Empty spellings</th>
      <td>
        {all.length === 0 ? (
          <span className="muted">Only the empty cell means that nothing was recorded.</span>
        ) : (
          all.slice(0, 12).map(({ token, reason, count, fields }) => (
            <label key={token} className={styles.check}>
              <input type="checkbox" checked={chosen.includes(token)} onChange={(event) => toggle(token, event.target.checked)} />
              <span>
                <code>{token}</code> means nothing recorded ({String(reason).replaceAll('-', ' ')}){' '}
                <span className="muted">
                  {formatNumber(count)} in {fields.slice(0, 4).join(', ')}
                  {fields.length > 4 && ` and ${formatNumber(fields.length - 4)} more`}
                </span>
              </span>
            </label>
          ))
        )}
      </td>
    </tr>
  )
}
