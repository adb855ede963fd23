/** Help: shortcuts, words, privacy, and how to report a problem without data. */

import { Button } from '../../components/button.tsx'
import { PageHead } from '../../components/panel.tsx'
import { setWorkspace } from '../../session/state.ts'
import { AboutBuild } from './about-build.tsx'
import { glossary, shortcuts } from './help-content.ts'
import styles from './project.module.css'

declare const __VERSION__: string

export function HelpPage() {
  return (
    <div className={styles.page}>
      <PageHead title="Help" />
      <section>
        <h2>Manual</h2>
        <p>
          Tutorials for each role, how to do a thing, what is behind it, every verb and file:{' '}
          <a href="#/help/manual">the pages of the manual</a>. It needs no network.
        </p>
      </section>
      <section>
        <h2>Rules</h2>
        <p>
          Every rule, check and criterion has a page: <a href="#/help/rules">how it decides, with examples</a>.
        </p>
      </section>
      <section>
        <h2>Keyboard</h2>
        {shortcuts.map(({ where, keys }) => (
          <table key={where} className={`below ${styles.keys}`}>
            <caption>{where}</caption>
            <tbody>
              {keys.map(([key, what]) => (
                <tr key={key}>
                  <th scope="row">
                    <kbd>{key}</kbd>
                  </th>
                  <td>{what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </section>
      <section>
        <h2>Words</h2>
        <dl className={styles.glossary}>
          {glossary.map(([word, meaning]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>Privacy</h2>
        <p>
          Files are read in this browser, in workers without network. A server is reached only when Carryover was started with{' '}
          <code>serve --connect</code> and its origin. Values of patients are looked at, not kept: saved projects hold counts,
          places and keyed hashes outside the folder <code>private/</code>. This browser keeps an open project twice, in its
          database and in its private file system, both on this device; erasing the project removes both.
        </p>
      </section>
      <section>
        <h2>About this build</h2>
        <AboutBuild />
      </section>
      <section>
        <h2>Report a problem</h2>
        <p>Copies versions and counts. No data of patients is part of it.</p>
        <Button
          onPress={() => {
            void navigator.clipboard.writeText(`Carryover ${__VERSION__}\n${navigator.userAgent}\n`)
            setWorkspace({ done: 'Versions copied.' })
          }}
        >
          Copy versions
        </Button>
      </section>
    </div>
  )
}
