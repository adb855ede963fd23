/** The decision in one line, and the two actions of the board. */
import type { Decision } from '../../../../core/readiness/board/this-week.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { Unbroken } from '../../../components/unbroken.tsx'
import gates from './gates.module.css'

/** @param first what to do first; null where nothing keeps a gate shut */
export function BoardHead({
  decision,
  first,
}: {
  readonly decision: Decision
  readonly first: { readonly label: string; readonly run: () => void } | null
}) {
  return (
    <div className={`below spread ${gates.headline}`}>
      <div>
        <h1 tabIndex={-1} id="page-title">
          <SeverityMark mark={decision.go ? 'ok' : 'error'} />
          <span>
            <Unbroken>{decision.title}</Unbroken>
          </span>
        </h1>
        <span className="muted">
          <Unbroken>{decision.detail}</Unbroken>
        </span>
      </div>
      <div className="row-start no-print">
        <ButtonLink href="#/readiness/go-no-go">Go or no-go page</ButtonLink>
        {first && (
          <Button look="primary" onPress={first.run}>
            {first.label}
          </Button>
        )}
      </div>
    </div>
  )
}
