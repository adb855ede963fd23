/** Speed-up against workers, both logarithmic, as SVG. Lines differ by dashes and by their names, not by colour alone. */

const [left, top, width, height] = [70, 40, 560, 380]
const dashes = ['', '8 4', '2 4', '10 3 2 3', '4 4', '1 3']
const colours = ['#1d4f91', '#8a3b12', '#2f6b3c', '#6b2f6b', '#4d4d4d', '#00707a']

/** @param lines `{ name, points: [workers, speedUp][] }` */
export function chart(title, lines) {
  const x = (workers) => left + (width * Math.log10(workers)) / 3
  const y = (speed) => top + height - (height * Math.log10(Math.max(1, speed))) / 3
  const at = (value) => value.toFixed(1)
  const grid = [1, 10, 100, 1000].map(
    (value) => `<path d="M${at(x(value))} ${top}V${top + height}M${left} ${at(y(value))}H${left + width}" stroke="#ccc"/>
<text x="${at(x(value))}" y="${top + height + 20}" text-anchor="middle">${value.toLocaleString('en')}</text>
<text x="${left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${value.toLocaleString('en')}</text>`,
  )
  // Names at the right end, apart from each other.
  const ends = lines.map(({ points }) => y(points.at(-1)[1])).map((value, i) => ({ value, i }))
  ends.sort((a, b) => a.value - b.value)
  for (let i = 1; i < ends.length; i++) ends[i].value = Math.max(ends[i].value, ends[i - 1].value + 17)
  const drawn = lines.map(({ name, points }, i) => {
    const path = points.map(([workers, speed], n) => `${n === 0 ? 'M' : 'L'}${at(x(workers))} ${at(y(speed))}`).join('')
    const end = ends.find((one) => one.i === i)?.value ?? 0
    return `<path d="${path}" fill="none" stroke="${colours[i]}" stroke-width="2" stroke-dasharray="${dashes[i]}"/>
<text x="${left + width + 10}" y="${at(end + 4)}" fill="${colours[i]}">${name}: ${Math.round(points.at(-1)[1]).toLocaleString('en')} ×</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 470" role="img" font-family="sans-serif" font-size="13">
<title>${title}</title>
<rect width="860" height="470" fill="#fff"/>
<text x="${left}" y="24" font-weight="bold">${title}</text>
${grid.join('\n')}
${drawn.join('\n')}
<text x="${left + width / 2}" y="${top + height + 42}" text-anchor="middle">workers</text>
<text x="16" y="${top + height / 2}" text-anchor="middle" transform="rotate(-90 16 ${top + height / 2})">times as fast as one worker</text>
</svg>
`
}
