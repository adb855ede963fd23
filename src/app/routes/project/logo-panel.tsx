/** The clinic's logo on printed pages. */
import { FileTrigger } from 'react-aria-components'
import type { Project } from '../../../core/project/format/project.ts'
import { logoFault, logoOf, logoPath } from '../../../core/readiness/sheets/logo.ts'
import { Button } from '../../components/button.tsx'
import { Note } from '../../components/panel.tsx'
import { setWorkspace } from '../../session/state.ts'
import { removeLogo, setLogo } from './acts/logo.ts'
import styles from './project.module.css'

export function LogoPanel({ project }: { readonly project: Project }) {
  const logo = logoOf(project)
  const bytes = project.other.get(logoPath)
  const fault = bytes === undefined ? null : logoFault(bytes)
  const say = async (work: Promise<string | null>, done: string): Promise<void> => {
    const problem = await work
    setWorkspace(problem === null ? { problem: null, done } : { problem })
  }
  return (
    <section>
      <h2>Printed pages</h2>
      <p className="muted">
        A logo stands beside the name of the project on every report. PNG, JPEG or WebP; it is drawn anew as a small PNG and kept
        in the project.
      </p>
      {fault !== null && <Note mark="warning">{fault}</Note>}
      <div className="row">
        {logo !== null && <img className={styles.logo} src={logo} alt={`Logo of ${project.manifest.name}`} />}
        <FileTrigger
          acceptedFileTypes={['image/png', 'image/jpeg', 'image/webp']}
          onSelect={(list) => {
            const file = list?.[0]
            if (file) void say(setLogo(file), 'The logo is kept. It stands on every report.')
          }}
        >
          <Button isDisabled={project.readOnly !== null}>{logo === null ? 'Choose a logo…' : 'Choose another logo…'}</Button>
        </FileTrigger>
        {bytes !== undefined && (
          <Button isDisabled={project.readOnly !== null} onPress={() => void say(removeLogo(), 'The logo is removed.')}>
            Remove the logo
          </Button>
        )}
      </div>
    </section>
  )
}
