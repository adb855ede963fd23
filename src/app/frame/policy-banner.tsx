/** Says why patient data is refused here, and how to open the app safely. */
import { Note } from '../components/panel.tsx'
import { useWorkspace } from '../session/state.ts'

export function PolicyBanner() {
  const policy = useWorkspace((w) => w.policy)
  if (!policy || policy.safe) return null
  return (
    <Note mark="warning">
      <strong>Patient data is refused here.</strong> This host does not hold the app back from the network, so only the sample can
      be opened. Start the app with <code>npm start</code> or <code>carryover serve</code>, or set the missing headers;{' '}
      <code>carryover serve --check {location.origin}</code> lists them.
      <ul>
        {policy.failures.map((failure) => (
          <li key={failure}>{failure}</li>
        ))}
      </ul>
    </Note>
  )
}
