// How figures are written, and how contestants look.

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

const BYTES = ['B', 'KiB', 'MiB', 'GiB']

/** A figure with its unit, such as 1.23 us or 183,000 requests/s. */
export function figure(value, unit) {
  return unit === 'bytes' ? bytes(value) : `${plain(value)} ${unit}`
}

export function plain(value) {
  return value >= 1000 ? whole.format(Number(value.toPrecision(4))) : number.format(value)
}

function bytes(value) {
  const power = value < 1 ? 0 : Math.min(3, Math.floor(Math.log2(value) / 10))
  return `${number.format(value / 1024 ** power)} ${BYTES[power]}`
}

/** Short, for the ticks of an axis. */
export function tick(value, unit) {
  if (unit === 'bytes') {
    return bytes(value)
  }
  if (value >= 1e6) {
    return `${number.format(value / 1e6)}M`
  }
  return value >= 1e3 ? `${number.format(value / 1e3)}k` : number.format(value)
}

export function ratio(value) {
  return value.toFixed(value < 10 ? 2 : 1)
}

/** A share of a whole, with its sign. */
export function percent(value) {
  return `${value < 0 ? '' : '+'}${number.format(value * 100)} %`
}

const PEERS = [2, 3, 4, 5, 6, 7, 8].map((index) => `var(--chart-${index})`)
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye']

/** Contestants that took part, each with its colour, dash and symbol; the subject stands out. */
export function styled(contestants) {
  let peers = 0
  return contestants
    .filter(({ absent }) => !absent)
    .map((contestant, index) => ({
      ...contestant,
      color: contestant.kind === 'subject'
        ? 'var(--chart-1)'
        : contestant.kind === 'floor'
          ? 'var(--chart-floor)'
          : PEERS[peers++ % PEERS.length],
      // Where there are more than colours, the next ones have the same colours and a dash.
      dash: { baseline: '6 3', floor: '2 3' }[contestant.kind] ?? (peers > PEERS.length ? '9 2 2 2' : undefined),
      width: contestant.kind === 'subject' ? 2.5 : 1.5,
      symbol: SYMBOLS[index % SYMBOLS.length],
    }))
}
