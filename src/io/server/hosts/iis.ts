/** IIS: a `web.config` beside the app. A location names a folder or a file, so scripts are named one by one. */
import { cacheFor, commonHeaders, headersFor, keptForever, neverKept } from '../headers.ts'
import { type HostedApp, types } from './host.ts'

const page = '/index.html'

export function webConfigFile({ files, connect }: HostedApp): string {
  const policyOf = (path: string): string => headersFor(path, connect)['Content-Security-Policy'] ?? ''
  const common = Object.entries({ 'Content-Security-Policy': policyOf(page), ...commonHeaders, 'Cache-Control': neverKept })
  const scripts = files.filter((file) => policyOf(`/${file}`) !== policyOf(page))
  const kept = files.filter((file) => cacheFor(`/${file}`) === keptForever.cache)
  const locations = [...new Set([...scripts, ...kept])].sort().map((file) => {
    const own = [
      ...(scripts.includes(file) ? [['Content-Security-Policy', policyOf(`/${file}`)]] : []),
      ...(kept.includes(file) ? [['Cache-Control', keptForever.cache]] : []),
    ]
    return `  <location path="${escaped(file)}">
    <system.webServer><httpProtocol><customHeaders>
${own.map(([name = '', value = '']) => `      <remove name="${name}" />\n      <add name="${name}" value="${escaped(value)}" />`).join('\n')}
    </customHeaders></httpProtocol></system.webServer>
  </location>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <defaultDocument><files><clear /><add value="index.html" /></files></defaultDocument>
    <staticContent>
${Object.entries(types)
  .map(
    ([ending, type]) =>
      `      <remove fileExtension="${ending}" />\n      <mimeMap fileExtension="${ending}" mimeType="${type}" />`,
  )
  .join('\n')}
    </staticContent>
    <httpProtocol><customHeaders>
${common.map(([name, value]) => `      <remove name="${name}" />\n      <add name="${name}" value="${escaped(value)}" />`).join('\n')}
    </customHeaders></httpProtocol>
  </system.webServer>
${locations.join('\n')}
</configuration>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
