/** Which build this page comes from; `carryover about` names the same digest and looks at each file. */
import { useEffect, useState } from 'react'
import { type Build, readBuild, sourceWords } from '../../../core/values/build.ts'
import { useWorkspace } from '../../session/state.ts'
import styles from './project.module.css'

interface Described {
  readonly build: Build
  /** SHA-256 of the description, in hexadecimal. */
  readonly digest: string
}

async function describe(): Promise<Described | null> {
  const answer = await fetch('about/build.json')
  if (!answer.ok) return null
  const bytes = await answer.arrayBuffer()
  const build = readBuild(new TextDecoder().decode(bytes))
  if (build === null) return null
  const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
  return { build, digest: digest.map((byte) => byte.toString(16).padStart(2, '0')).join('') }
}

export function AboutBuild() {
  const [described, setDescribed] = useState<Described | null>(null)
  useEffect(() => {
    describe().then(setDescribed, () => undefined)
  }, [])
  if (described === null) return <p>This build is not described: it runs from sources, or its host leaves the description out.</p>
  const { build, digest } = described
  return (
    <>
      <dl className={styles.glossary}>
        <div>
          <dt>Version</dt>
          <dd>
            {build.version}, {sourceWords(build)}
          </dd>
        </div>
        <div>
          <dt>Digest</dt>
          <dd>
            <code>{digest}</code>
          </dd>
        </div>
        <div>
          <dt>Code of others</dt>
          <dd>
            {build.packages} packages: <a href="about/licences.txt">licences</a>,{' '}
            <a href="about/sbom.cdx.json">list of components (CycloneDX)</a>
          </dd>
        </div>
        <div>
          <dt>Without its server</dt>
          <dd>
            <KeptHere />
          </dd>
        </div>
      </dl>
      <p>
        <code>carryover about</code> prints the same digest, and compares each file with the build. Two builds of one commit have
        one digest.
      </p>
    </>
  )
}

function KeptHere() {
  const offline = useWorkspace((w) => w.offline)
  if (offline?.problem) return offline.problem
  return offline?.whole
    ? 'This browser holds every file of the app, each checked against the digest of the build. The app opens without its server.'
    : 'This browser does not hold the app yet. It fetches the files some seconds after the app was first opened.'
}
