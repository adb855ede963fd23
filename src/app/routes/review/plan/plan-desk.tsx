/** The plan while it can still be changed: claims in words, exact sizes for this many records, strata, must-see list. */

import { useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { goldenOf } from '../../../../core/project/review/golden-list.ts'
import { assumedSeconds } from '../../../../core/review/decision/reading-time.ts'
import { mustSeeStratum } from '../../../../core/review/draw/frame.ts'
import { type Claim, defaultClaims, percentText } from '../../../../core/review/model/claim.ts'
import type { PairResult } from '../../../../core/review/model/pair-types.ts'
import { domainsWithoutEntry, noEntryWords, offeredClaims } from '../../../../core/review/plan/known-parts.ts'
import { planSentence } from '../../../../core/review/plan/plan-sentence.ts'
import { type Blind, blindChoices } from '../../../../core/review/plan/sampling-plan.ts'
import { type StrataChoices, stratify } from '../../../../core/review/plan/strata.ts'
import { readTwice } from '../../../../core/review/result/double-reading.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note, PageHead } from '../../../components/panel.tsx'
import { useNamed, WhoWorks } from '../../../frame/who-works.tsx'
import { openProject } from '../../../session/state.ts'
import { lockReview, sizesOf } from '../acts/review.ts'
import { recordsToReadAgain } from '../acts/worklist.ts'
import styles from './plan.module.css'
import { ClaimSentence, ClaimTable, claimWords } from './plan-claims.tsx'
import { PlanStrata } from './plan-strata.tsx'
import { TradeOff } from './plan-trade.tsx'

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
  const [claims, setClaims] = useState<readonly Claim[]>(() => offeredClaims(population.itemsBySafety))
  const [choices, setChoices] = useState<StrataChoices>(() => ({
    ...noStrata,
    golden: goldenOf(openProject()),
    again: recordsToReadAgain().keys,
  }))
  const unjudged = useMemo(() => domainsWithoutEntry(population.itemsBySafety), [population])
  const notOffered = defaultClaims.flatMap(({ domain }) => (domain !== null && unjudged.has(domain) ? [domain] : []))
  const [errorsAllowed, setErrorsAllowed] = useState(0)
  const [lookSeconds, setLookSeconds] = useState(3)
  const [traps, setTraps] = useState(true)
  const [calibration, setCalibration] = useState(true)
  const [blind, setBlind] = useState<Blind>('random')
  const [early, setEarly] = useState(false)
  const [secondReaderPpm, setSecondReaderPpm] = useState(200_000)
  const [criteria, setCriteria] = useState(defaultCriteria)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const named = useNamed()
  const stratified = useMemo(() => stratify(population, choices), [population, choices])
  const { sizes, traps: seeded } = useMemo(
    () => sizesOf({ claims, errorsAllowed, traps, early }, stratified.strata),
    [claims, stratified, errorsAllowed, traps, early],
  )
  const mustSee = stratified.strata.find((stratum) => stratum.id === mustSeeStratum)?.size ?? 0
  const all = stratified.strata.reduce((sum, stratum) => sum + stratum.size, 0)
  const lock = async (): Promise<void> => {
    setBusy(true)
    setProblem(
      await lockReview({
        claims,
        strata: choices,
        errorsAllowed,
        secondReaderPpm,
        traps,
        early,
        calibration,
        blind,
        lookSeconds,
        criteria,
      }),
    )
    setBusy(false)
  }
  return (
    <div className="stack">
      <PageHead title="Sample plan">
        {named && (
          <Button look="primary" onPress={() => void lock()} isDisabled={busy || claims.length === 0}>
            {busy ? 'Locking…' : 'Lock plan and commit the list of records'}
          </Button>
        )}
      </PageHead>
      {!named && <WhoWorks question="Who plans this sample?" button="Plan in this name" className={`bar ${styles.who}`} />}
      {problem !== null && <Note mark="error">{problem}</Note>}
      <div className={styles.columns}>
        <div className={styles.main}>
          <section aria-label="What the sample must prove">
            <ClaimSentence claims={claims} onChange={setClaims} />
            <p className={`digits large ${styles.answer}`} role="status">
              {planSentence(
                {
                  patients: all,
                  random: sizes.n,
                  chosen: mustSee,
                  twice: readTwice(sizes.n + mustSee, secondReaderPpm),
                  seeded: traps ? seeded : 0,
                  early,
                },
                claims.filter(({ id }) => !sizes.unprovable.includes(id)),
              )}
            </p>
            <p className="muted">
              {counted(assumedSeconds / 60, 'minute')} for each record are assumed
              {secondReaderPpm > 0 && '; second readings'}
              {traps && `${secondReaderPpm > 0 ? ' and' : ';'} seeded defects`}
              {secondReaderPpm > 0 || traps ? ' are counted in' : ''}. Several readers share the hours.
            </p>
            <p>
              Review {early && 'up to '}
              <strong>{formatNumber(sizes.n)}</strong> of {formatNumber(all - mustSee)} records drawn at random
              {mustSee > 0 && (
                <>
                  {' '}
                  and <strong>{formatNumber(mustSee)}</strong> chosen on purpose
                </>
              )}
              .{' '}
              {early
                ? 'Reading stops as soon as the verdicts so far prove every claim below; single errors ask for more reading.'
                : promiseWords(errorsAllowed, traps ? seeded : 0, sizes.unprovable.length)}
            </p>
            {sizes.unprovable.length > 0 && (
              <Note mark="warning">
                Readers who may miss some defects can not prove this here, even by reading every record:{' '}
                {claims
                  .filter(({ id }) => sizes.unprovable.includes(id))
                  .map(claimWords)
                  .join('; ')}
                . Allow a larger share, leave the claim out, or seed no defects.
              </Note>
            )}
            {notOffered.length > 0 && (
              <Note mark="info">
                {notOffered.map((domain) => `A claim on ${domain} can not be judged: ${noEntryWords(domain)}.`).join(' ')}
              </Note>
            )}
            <ClaimTable claims={claims} population={all} byClaim={sizes.byClaim} onChange={setClaims} />
            <label className="row">
              How far to read{' '}
              <select value={early ? 'early' : 'fixed'} onChange={(event) => setEarly(event.target.value === 'early')}>
                <option value="fixed">The whole sample, fixed beforehand</option>
                <option value="early">In the order of the draw, until it suffices</option>
              </select>
            </label>
            {!early && (
              <label className="row">
                Errors that may be found and the claims still hold{' '}
                <select value={errorsAllowed} onChange={(event) => setErrorsAllowed(Number(event.target.value))}>
                  {[0, 1, 2, 3].map((c) => (
                    <option key={c} value={c}>
                      {c}
                    </option>
                  ))}
                </select>
              </label>
            )}
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
          <section className={`card stack-wide ${styles.card}`}>
            <h2>Rules for readers</h2>
            <label className="row">
              Least look at allergies and medicines{' '}
              <select value={lookSeconds} onChange={(event) => setLookSeconds(Number(event.target.value))}>
                {[0, 3, 5, 10].map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {seconds} s
                  </option>
                ))}
              </select>
            </label>
            <label className="row">
              Read by two people, blind{' '}
              <select value={secondReaderPpm} onChange={(event) => setSecondReaderPpm(Number(event.target.value))}>
                {[200_000, 100_000, 500_000, 1_000_000, 0].map((ppm) => (
                  <option key={ppm} value={ppm}>
                    {ppm === 0 ? 'nothing: one reader only' : percentText(ppm)}
                  </option>
                ))}
              </select>
            </label>
            <p className="muted">{secondWords(secondReaderPpm)}</p>
            <label className={`line ${styles.check}`}>
              <input type="checkbox" checked={traps} onChange={(event) => setTraps(event.target.checked)} />
              <span>
                {traps ? `Seed ${seeded} defects in copies of other records` : 'Seed defects in copies of other records'}
              </span>
            </label>
            <p className="muted">
              {traps
                ? 'What readers catch of them is their measured sensitivity, and the bounds are corrected by it. Told after signing, never counted.'
                : 'The bounds then assume that readers miss nothing, and the certificate says so.'}
            </p>
            <label className={`line ${styles.check}`}>
              <input type="checkbox" checked={calibration} onChange={(event) => setCalibration(event.target.checked)} />
              <span>Open each session with ten prepared records</span>
            </label>
            <p className="muted">
              {calibration
                ? 'Half of them have a defect, and each is answered at once: readers miss less when defects are fresh in mind. They never count as verdicts.'
                : 'Readers then begin cold: where defects are rare, most of what is missed is missed at the start.'}
            </p>
            <label className="row">
              Hide what the program found until the reader has judged{' '}
              <select
                value={blind}
                onChange={(event) => setBlind(blindChoices.find((each) => each === event.target.value) ?? 'random')}
              >
                {blindChoices.map((each) => (
                  <option key={each} value={each}>
                    {blindWords[each]}
                  </option>
                ))}
              </select>
            </label>
            <p className="muted">
              {blind === 'none'
                ? 'Readers then see the notes at once and tend to agree with them; the certificate says so.'
                : 'Readers say first what they see. A wrong patient and a missing one are never hidden.'}
            </p>
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

const blindWords: Readonly<Record<Blind, string>> = {
  random: 'on records drawn at random',
  all: 'on every record',
  none: 'nowhere',
}

function promiseWords(errorsAllowed: number, seeded: number, unprovable: number): string {
  const right = errorsAllowed === 0 ? 'all are right' : `at most ${errorsAllowed} of the random ones are wrong`
  return seeded === 0
    ? `If ${right}, every claim below holds.`
    : `If ${right} and readers catch all ${seeded} seeded defects, every ${unprovable > 0 ? 'other claim' : 'claim'} below holds.`
}

function secondWords(ppm: number): string {
  return ppm === 0
    ? 'How far readers agree is then not measured, and the certificate says so.'
    : 'At least 30 records, and every record with an error. Where two readers differ, a third person decides.'
}
