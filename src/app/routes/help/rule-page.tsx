/** Help on one rule, check or criterion: why, how it decides, its limits, and examples that flag and pass. */
import { rulePages } from '../../../core/project/rule-pages/index.ts'
import { kahnWords, type RulePage as Page } from '../../../core/project/rule-pages/rule-page.ts'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Facts, PageHead } from '../../components/panel.tsx'
import { Pill } from '../../components/severity-mark.tsx'
import styles from './help.module.css'
import { wingWords } from './rules-page.tsx'
import { ShownExample } from './shown-example.tsx'

export function RulePage({ code }: { readonly code: string }) {
  const page = rulePages().find(({ wording }) => wording.code === code)
  if (!page)
    return (
      <div className={styles.page}>
        <PageHead title="Rules" />
        <EmptyState title={`No rule is called ${code}`}>
          <ButtonLink href="#/help/rules">Search all rules</ButtonLink>
        </EmptyState>
      </div>
    )
  const { wording, decides, wing, group, flags, passes, silent = [], unshown } = page
  return (
    <div className={styles.page} key={code}>
      <PageHead title={wording.title} beside={<Pill mark={wording.severity} />}>
        <span className="row no-print">
          <a href={`#/help/rules?wing=${wing}`}>All rules: {wingWords[wing]}</a>
        </span>
      </PageHead>
      <p className="muted">
        {group} · <code>{wording.code}</code>
      </p>
      <section className="stack">
        <h2>How it decides</h2>
        <p>{decides}</p>
        <h2>Why it matters</h2>
        <p>{wording.why}</p>
        <h2>What to do</h2>
        <p>{wording.remedy}</p>
      </section>
      <Limits page={page} />
      <section className="stack">
        <h2>More about it</h2>
        <Facts
          items={[
            ...(kahnWords(wording) === null ? [] : [{ name: 'Kahn category', value: kahnWords(wording) }]),
            ...page.facts.map(([name, value]) => ({ name, value })),
          ]}
        />
      </section>
      <section className="stack-wide">
        <h2>Examples</h2>
        {unshown !== null && <p>{unshown}</p>}
        {flags.map((example) => (
          <ShownExample key={`flags ${example.name}`} code={code} example={example} word="Flags" />
        ))}
        {passes.map((example) => (
          <ShownExample key={`passes ${example.name}`} code={code} example={example} word="Passes" />
        ))}
        {silent.map((example) => (
          <ShownExample key={`silent ${example.name}`} code={code} example={example} word="Not judged" />
        ))}
      </section>
    </div>
  )
}

function Limits({ page: { limits } }: { readonly page: Page }) {
  if (limits.length === 0) return null
  return (
    <section className="stack">
      <h2>Limits</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">Value</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {limits.map(({ name, value, unit, source }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="digits">
                {value} {unit}
              </td>
              <td>{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
