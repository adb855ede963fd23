/** Which profiles of the loaded packages a source has to fit; the choice is kept with the source and used by every run. */
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { Button } from '../../../components/button.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { chooseProfiles, profilesOffered, usePackages } from '../acts/packages.ts'
import styles from '../data.module.css'

export function ProfileChoice({ source }: { readonly source: SourceEntry }) {
  const offered = profilesOffered(usePackages())
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const chosen = source.profiles ?? []
  const left = offered.filter(({ url }) => !chosen.includes(url))
  const nameOf = (url: string): string => {
    const found = offered.find((each) => each.url === url)
    return found ? `${found.name} (${found.type})` : url
  }
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>FHIR profiles</h2>
      {offered.length === 0 && chosen.length === 0 ? (
        <p className="muted">
          No package with profiles is loaded: resources are judged by FHIR R4 and by the profiles they name that R4 itself has.
          Load a package on the <a href="#/data/sources">Sources page</a>.
        </p>
      ) : (
        <>
          <p className="muted">
            Every resource of its type has to fit a chosen profile. Profiles that a resource names itself are judged anyway.
          </p>
          {chosen.length > 0 && (
            <ul className={`stack ${styles.rows}`} aria-label="Chosen profiles">
              {chosen.map((url) => (
                <li key={url}>
                  <div>{nameOf(url)}</div>
                  <code>{url}</code>
                  <Button
                    look="quiet"
                    isDisabled={readOnly}
                    aria-label={`Remove ${nameOf(url)}`}
                    onPress={() =>
                      chooseProfiles(
                        source.id,
                        chosen.filter((other) => other !== url),
                      )
                    }
                  >
                    Remove
                  </Button>
                </li>
              ))}
            </ul>
          )}
          {left.length > 0 && !readOnly && (
            <div className="row-end">
              <Select
                label="Add a profile"
                value=""
                choices={[['', 'Choose…'] as const, ...left.map(({ url, name, type }) => [url, `${type}: ${name}`] as const)]}
                onChange={(url) => url !== '' && chooseProfiles(source.id, [...chosen, url])}
              />
            </div>
          )}
        </>
      )}
    </section>
  )
}
