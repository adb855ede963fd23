/** Why a target was proposed, and which others came close. */
import { Button } from '../../../components/button.tsx'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import type { MappingEntry } from '../acts/mapping-entries.ts'
import { suggestionOf, useMappingHelp } from '../acts/mapping-help.ts'
import styles from './mapping.module.css'

export function SuggestionEvidence({
  entry,
  onTake,
}: {
  readonly entry: MappingEntry
  readonly onTake: (target: string) => void
}) {
  const suggestion = useMappingHelp(({ suggestions }) => suggestionOf(suggestions, entry.line))
  if (!suggestion || entry.tab !== 'suggested') return null
  const others = [{ target: suggestion.line.target, score: suggestion.score }, ...suggestion.alternatives].filter(
    ({ target }) => target !== entry.line.target,
  )
  return (
    <section>
      <h3>Why it is proposed ({formatPercent(suggestion.score)})</h3>
      <ul className="bullets">
        {suggestion.evidence.map(({ kind, score, words }) => (
          <li key={`${kind}${words}`}>
            {kind} {formatPercent(score)}: <span className="muted">{words}</span>
          </li>
        ))}
      </ul>
      {suggestion.values !== null && suggestion.support !== undefined && (
        <ScrollRegion label="Pairs of values" className="scroll outlined">
          <table className={styles.support}>
            <thead>
              <tr>
                <th scope="col">Legacy</th>
                <th scope="col">Target</th>
                <th scope="col" className="number">
                  Paired rows
                </th>
              </tr>
            </thead>
            <tbody>
              {[...suggestion.support].map(([code, rows]) => (
                <tr key={code}>
                  <td className="breaks">{code}</td>
                  <td className="breaks">{suggestion.values?.lines.get(code)?.target}</td>
                  <td className="number digits">{formatNumber(rows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {others.length > 0 && (
        <div className={`above row-start ${styles.others}`}>
          {others.map(({ target, score }) => (
            <Button key={target} look="quiet" onPress={() => onTake(target)}>
              {target} ({formatPercent(score)})
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}
