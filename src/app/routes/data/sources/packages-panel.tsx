/** FHIR packages of the project: name, version, what is in them, what of them can not be used; load and remove. */

import { useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { type KeptPackage, missingPackages } from '../../../../core/data/fhir/packages/kept-package.ts'
import { isTableFormat } from '../../../../core/data/model/source.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { addPackages, removePackage, usePackages } from '../acts/packages.ts'
import styles from '../data.module.css'

export function PackagesPanel() {
  const packages = usePackages()
  const isFhir = useWorkspace((w) => w.project?.sources.some(({ format }) => !isTableFormat(format)) ?? false)
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null || w.running !== null)
  const heading = useRef<HTMLHeadingElement>(null)
  const missing = missingPackages(packages)
  if (!isFhir && packages.length === 0) return null
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2 ref={heading} tabIndex={-1}>
        FHIR packages
      </h2>
      <p className="muted">
        FHIR R4 itself is built in. Profiles, value sets and code systems of an implementation guide come from its package;
        nothing is fetched. Which profiles a source has to fit is chosen on its page.
      </p>
      {packages.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className="box scroll" aria-label="FHIR packages" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Package</th>
                <th scope="col">Version</th>
                <th scope="col" className="number">
                  Profiles and extensions
                </th>
                <th scope="col" className="number">
                  Value sets
                </th>
                <th scope="col" className="number">
                  Code systems
                </th>
                <th scope="col">Not understood</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {packages.map((one) => (
                <PackageRow
                  key={one.path}
                  one={one}
                  readOnly={readOnly}
                  onRemoved={() => {
                    // The button goes with its row.
                    heading.current?.focus()
                  }}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {missing.length > 0 && (
        <Note mark="warning">
          These packages are built on and not loaded: {missing.join(', ')}. What rests on them is told as not evaluated.
        </Note>
      )}
      <div className="row">
        <FileTrigger
          allowsMultiple
          acceptedFileTypes={['.tgz', '.gz', '.json', '.xml']}
          onSelect={(list) => list && void addPackages([...list])}
        >
          <Button isDisabled={readOnly}>Load a package…</Button>
        </FileTrigger>
        <FileTrigger acceptDirectory onSelect={(list) => list && void addPackages([...list])}>
          <Button isDisabled={readOnly}>Load a folder of definitions…</Button>
        </FileTrigger>
      </div>
    </section>
  )
}

function PackageRow({
  one,
  readOnly,
  onRemoved,
}: {
  readonly one: KeptPackage
  readonly readOnly: boolean
  readonly onRemoved: () => void
}) {
  const [shown, setShown] = useState(20)
  const count = (type: string): string => formatNumber(one.definitions.filter(({ resourceType }) => resourceType === type).length)
  const left = one.notUnderstood.length - shown
  return (
    <tr>
      <th scope="row">
        {one.name}
        {one.from !== one.name && <div className="muted">{one.from}</div>}
      </th>
      <td>{one.version ?? 'not stated'}</td>
      <td className="number">{count('StructureDefinition')}</td>
      <td className="number">{count('ValueSet')}</td>
      <td className="number">{count('CodeSystem')}</td>
      <td>
        {one.notUnderstood.length === 0 ? (
          'nothing'
        ) : (
          <details>
            <summary>{formatCount(one.notUnderstood.length, 'statement')}</summary>
            <ul>
              {one.notUnderstood.slice(0, shown).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            {left > 0 && <Button onPress={() => setShown(shown + 100)}>Show {formatNumber(Math.min(100, left))} more</Button>}
          </details>
        )}
      </td>
      <td>
        <Button
          look="quiet"
          isDisabled={readOnly}
          aria-label={`Remove ${one.name}`}
          onPress={() => {
            removePackage(one.path)
            onRemoved()
          }}
        >
          Remove
        </Button>
      </td>
    </tr>
  )
}
