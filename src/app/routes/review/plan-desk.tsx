/** The plan while it can still be changed: claims in words, exact sizes for this many records, strata, must-see list. */
import { useMemo, useState } from 'react'
import { type Claim, defaultClaims } from '../../../core/review/claim.ts'
import { mustSeeStratum } from '../../../core/review/frame.ts'
import type { PairResult } from '../../../core/review/pair-types.ts'
import { planSizes } from '../../../core/review/sampling-plan.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Note, PageHead } from '../../components/panel.tsx'
import { formatNumber } from '../../format.ts'
import { lockReview } from '../../workspace/review.ts'
import { type StrataChoices, stratify } from '../../workspace/strata.ts'
import styles from './plan.module.css'
import { ClaimSentence, ClaimTable } from './plan-claims.tsx'
import { PlanStrata } from './plan-strata.tsx'
import { TradeOff } from './plan-trade.tsx'
import { useNamed, WhoWorks } from './who-works.tsx'

const defaultCriteria = `Harmful: it could lead to a wrong treatment or a missed warning: a lost, altered or resurrected allergy, a wrong dose or unit, an entry of another patient, a current medicine or problem that is missing.
Wrong: it is not what legacy says, but nobody would be treated differently because of it.
Acceptable: another wording of the same fact.
Cannot tell: what is shown is not enough to decide. It counts as wrong until somebody decides.`

const noStrata: StrataChoices = {
  bySite: false,
  byAllergies: false,
  byMedicines: false,
  booked: false,
  chosen: [],
  minimums: new Map(),
}

export function PlanDesk({ population }: { readonly population: PairResult }) {
  const [claims, setClaims] = useState<readonly Claim[]>(defaultClaims)
  const [choices, setChoices] = useState(noStrata)
  const [errorsAllowed, setErrorsAllowed] = useState(0)
  const [lookSeconds, setLookSeconds] = useState(3)
  const [criteria, setCriteria] = useState(defaultCriteria)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const named = useNamed()
  const stratified = useMemo(() => stratify(population, choices), [population, choices])
  const sizes = useMemo(() => planSizes(claims, stratified.strata, errorsAllowed), [claims, stratified, errorsAllowed])
  const mustSee = stratified.strata.find((stratum) => stratum.id === mustSeeStratum)?.size ?? 0
  const all = stratified.strata.reduce((sum, stratum) => sum + stratum.size, 0)
  const lock = async (): Promise<void> => {
    setBusy(true)
    setProblem(await lockReview({ claims, strata: choices, errorsAllowed, lookSeconds, criteria }))
    setBusy(false)
  }
  return (
    <div className={styles.page}>
      <PageHead title="Sample plan">
        {named && (
          <Button look="primary" onPress={() => void lock()} isDisabled={busy || claims.length === 0}>
            {busy ? 'Locking…' : 'Lock plan and commit the list of records'}
          </Button>
        )}
      </PageHead>
      {!named && <WhoWorks question="Who plans this sample?" button="Plan in this name" className={styles.who ?? ''} />}
      {problem !== null && <Note mark="error">{problem}</Note>}
      <div className={styles.columns}>
        <div className={styles.main}>
          <section aria-label="What the sample must prove">
            <ClaimSentence claims={claims} onChange={setClaims} />
            <p className={styles.answer} role="status">
              Review <strong>{formatNumber(sizes.n)}</strong> of {formatNumber(all - mustSee)} records drawn at random
              {mustSee > 0 && (
                <>
                  {' '}
                  and <strong>{formatNumber(mustSee)}</strong> chosen on purpose
                </>
              )}
              .{' '}
              {errorsAllowed === 0
                ? 'If all are right, every claim below holds.'
                : `With at most ${errorsAllowed} wrong among the random ones, every claim below holds.`}
            </p>
            <ClaimTable claims={claims} population={all} byClaim={sizes.byClaim} onChange={setClaims} />
            <label className={styles.inline}>
              Errors that may be found and the claims still hold{' '}
              <select value={errorsAllowed} onChange={(event) => setErrorsAllowed(Number(event.target.value))}>
                {[0, 1, 2, 3].map((c) => (
                  <option key={c} value={c}>
                    {c}
                  </option>
                ))}
              </select>
            </label>
          </section>
          <PlanStrata
            population={population}
            choices={choices}
            strata={sizes.strata}
            unknown={stratified.unknown}
            onChange={setChoices}
          />
        </div>
        <aside className={styles.side} aria-label="Trade-off and reading rules">
          <TradeOff size={all - mustSee} riskPpm={claims[0]?.riskPpm ?? 50_000} planned={sizes.n} />
          <section className={styles.card}>
            <h2>Rules for readers</h2>
            <label className={styles.inline}>
              Least look at allergies and medicines{' '}
              <select value={lookSeconds} onChange={(event) => setLookSeconds(Number(event.target.value))}>
                {[0, 3, 5, 10].map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {seconds} s
                  </option>
                ))}
              </select>
            </label>
            <Field label="What counts as harmful here" lines={8} value={criteria} onChange={setCriteria} />
          </section>
        </aside>
      </div>
      <p className="muted">
        Nothing above can be changed once the plan is locked. The seed is rolled after that, so that nobody can choose records.
      </p>
    </div>
  )
}
