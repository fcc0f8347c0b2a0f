type Attributes = Readonly<Record<string, string | number>>

/** One element of a drawing. Texts are escaped where they come in: see `text`. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(round(value)))}"`)
  const open = `<${name}${written.join('')}`
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('\n')}</${name}>`
}

export function text(content: string, attributes: Attributes): string {
  return element('text', attributes, escaped(content))
}

export function line(x1: number, y1: number, x2: number, y2: number, className: string): string {
  return element('line', { x1, y1, x2, y2, class: className })
}

/** A drawing with its title, readable on light and on dark pages. */
export function drawing(width: number, height: number, title: string, parts: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
  }
  return `${element(
    'svg',
    attributes,
    element('title', {}, escaped(title)),
    element('style', {}, style),
    element('rect', { width, height, class: 'page' }),
    text(title, { x: 16, y: 26, class: 'title' }),
    ...parts,
  )}\n`
}

/** Names of the series with their colours, and of the stroke that marks an aim, in one line below the title. */
export function legend(names: readonly string[], aim?: string): string[] {
  return [...names, ...(aim === undefined ? [] : [aim])].flatMap((name, i) => {
    const x = 16 + names.slice(0, i).reduce((sum, before) => sum + 7 * before.length + 40, 0)
    const sample =
      name === aim
        ? line(x + 6, 38, x + 6, 54, 'aim')
        : element('rect', { x, y: 40, width: 12, height: 12, class: `fill${i}` })
    return [sample, text(name, { x: x + 18, y: 50 })]
  })
}

function round(value: string | number): string | number {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const palettes = {
  light: { page: '#ffffff', ink: '#1f2328', grid: '#d1d9e0', series: ['#0072b2', '#d55e00', '#56b4e9', '#e69f00'] },
  dark: { page: '#0d1117', ink: '#e6edf3', grid: '#3d444d', series: ['#4aa8e0', '#f0803c', '#9ad4f5', '#f5c04d'] },
}

function colours({ page, ink, grid, series }: (typeof palettes)['light']): string {
  return [
    `.page { fill: ${page} } text { fill: ${ink} } .grid { stroke: ${grid} } text { stroke: ${page} } .aim { stroke: ${ink} } .mark { stroke: ${page} }`,
    ...series.map((colour, i) => `.fill${i} { fill: ${colour} } .line${i} { stroke: ${colour} }`),
  ].join('\n')
}

const style = `text { font: 12px system-ui, sans-serif; paint-order: stroke; stroke-width: 3 } .title { font-size: 15px; font-weight: 600 } .end { text-anchor: end }
.middle { text-anchor: middle } .aim { stroke-width: 3 } polyline { fill: none; stroke-width: 2 }
.line2, .line3 { stroke-dasharray: 6 4 }
${colours(palettes.light)}
@media (prefers-color-scheme: dark) {
${colours(palettes.dark)}
}`
