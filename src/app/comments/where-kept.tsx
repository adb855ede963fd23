/** Where comments are: in this browser alone, or sealed with those whom the owner named. */
import { usePrivate } from '../session/private-sharing.ts'

export function WhereKept() {
  const shared = usePrivate(({ state }) => (state?.sharing?.isOn ? state.sharing.page : null))
  return (
    <p className="muted caption">
      {shared?.kinds.includes('comments')
        ? `Sealed for ${new Set(shared.recipients.map(({ actor }) => actor)).size} people. The server can not read them.`
        : 'Comments are in the private part of the project, which leaves this browser sealed or not at all.'}
    </p>
  )
}
