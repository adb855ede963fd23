/** Claims in words and numbers: how sure, at most what share, and how many records that takes here. */
import { type Claim, million, percentText, smallestIntolerable } from '../../../../core/review/model/claim.ts'
import { formatNumber } from '../../../components/format.ts'
import styles from './plan.module.css'

const risks = [100_000, 50_000, 10_000]
const shares = [1_000, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000]

interface ClaimProps {
  readonly claims: readonly Claim[]
  readonly onChange: (claims: readonly Claim[]) => void
}

/** "I want to be 95 % sure that at most 1 % of records have a harmful error": the claim about whole records. */
export function ClaimSentence({ claims, onChange }: ClaimProps) {
  const main = claims.find((claim) => claim.domain === null && claim.class === 'harmful')
  if (!main) return null
  return (
    <p className={styles.sentence}>
      I want to be <RiskChoice claim={main} onChange={(claim) => onChange(replaced(claims, claim))} /> sure that at most{' '}
      <ShareChoice claim={main} onChange={(claim) => onChange(replaced(claims, claim))} /> of records have a harmful error.
    </p>
  )
}

export function ClaimTable({
  claims,
  population,
  byClaim,
  onChange,
}: ClaimProps & { readonly population: number; readonly byClaim: ReadonlyMap<string, number> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={`box scroll ${styles.scroll}`} tabIndex={0} aria-label="Claims of the plan">
      <table>
        <thead>
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">At most</th>
            <th scope="col">Sure</th>
            <th scope="col" className="number">
              Needs alone
            </th>
            <th scope="col">
              <span className="visually-hidden">Leave out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <tr key={claim.id}>
              <td>{claimWords(claim)}</td>
              <td>
                <ShareChoice claim={claim} onChange={(next) => onChange(replaced(claims, next))} />{' '}
                <span className="muted">
                  {formatNumber(smallestIntolerable(population, claim.tolerablePpm) - 1)} of {formatNumber(population)} patients
                </span>
              </td>
              <td>
                <RiskChoice claim={claim} onChange={(next) => onChange(replaced(claims, next))} />
              </td>
              <td className="number">{formatNumber(byClaim.get(claim.id) ?? 0)} records</td>
              <td>
                {claims.length > 1 && (
                  <button
                    type="button"
                    className={`caption nowrap ${styles.leave}`}
                    aria-label={`Leave out: ${claimWords(claim)}`}
                    onClick={() => onChange(claims.filter((each) => each !== claim))}
                  >
                    Leave out
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function claimWords(claim: Pick<Claim, 'class' | 'domain'>): string {
  const what = claim.class === 'harmful' ? 'Patients with a harmful error' : 'Patients with any error, harmful or not'
  return claim.domain === null ? what : `${what} in ${claim.domain}`
}

function RiskChoice({ claim, onChange }: { readonly claim: Claim; readonly onChange: (claim: Claim) => void }) {
  return (
    <select
      aria-label={`How sure: ${claimWords(claim)}`}
      value={claim.riskPpm}
      onChange={(event) => onChange({ ...claim, riskPpm: Number(event.target.value) })}
    >
      {risks.map((risk) => (
        <option key={risk} value={risk}>
          {percentText(million - risk)}
        </option>
      ))}
    </select>
  )
}

function ShareChoice({ claim, onChange }: { readonly claim: Claim; readonly onChange: (claim: Claim) => void }) {
  return (
    <select
      aria-label={`At most: ${claimWords(claim)}`}
      value={claim.tolerablePpm}
      onChange={(event) => onChange({ ...claim, tolerablePpm: Number(event.target.value) })}
    >
      {shares.map((share) => (
        <option key={share} value={share}>
          {percentText(share)}
        </option>
      ))}
    </select>
  )
}

function replaced(claims: readonly Claim[], next: Claim): readonly Claim[] {
  return claims.map((claim) => (claim.id === next.id ? next : claim))
}
