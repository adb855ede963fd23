/** "What the server can read": what it holds in clear, what it holds sealed, and what never reaches it. */
import { counted } from '../../core/counted.ts'
import type { SharedKind } from '../../core/project/sharing/shared-kinds.ts'
import { usePrivate } from '../session/private-sharing.ts'
import styles from './team.module.css'

const readable = [
  'Maps, mapping, findings, board',
  'Members and roles',
  'Who acted, and when',
  'Keyed hashes of records, verdicts',
  'Files put there for server runs',
]

/** Kinds of the private part, in the words of this table. */
const sealable: readonly (readonly [SharedKind, string])[] = [
  ['comments', 'Comments'],
  ['texts', 'Comments of readers, texts of hazards'],
  ['roster', 'Names behind record hashes'],
  ['names', 'Record numbers of charts, salt'],
]

const never = ['Source files opened in this browser', 'Passphrases and signing keys']

export function ServerReads() {
  const state = usePrivate((each) => each.state)
  const sharing = state?.sharing ?? null
  const how = (kind: SharedKind): string => {
    const count = state?.items[kind] ?? 0
    if (sharing?.isOn && sharing.page.kinds.includes(kind)) return count === 0 ? 'sealed' : `sealed, ${counted(count, 'item')}`
    return count === 0 ? 'stays on this device' : `${counted(count, 'item')} from before, sealed`
  }
  return (
    <section className={styles.card} aria-labelledby="server-reads">
      <h2 id="server-reads">What the server can read</h2>
      <dl className={styles.reads}>
        {readable.map((what) => (
          <Line key={what} what={what} how="readable" />
        ))}
        {sealable.map(([kind, what]) => (
          <Line key={kind} what={what} how={how(kind)} />
        ))}
        {never.map((what) => (
          <Line key={what} what={what} how="stays on this device" />
        ))}
      </dl>
      <p className="caption muted">
        {sharing?.isOn
          ? 'The server can not open what is sealed: the key is with those whom the owner named. It sees sizes and times.'
          : 'The private part of a project is never sent in clear: neither as a file nor in what you do.'}
      </p>
    </section>
  )
}

function Line({ what, how }: { readonly what: string; readonly how: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd className={how === 'readable' ? 'muted' : styles.stays}>{how}</dd>
    </div>
  )
}
