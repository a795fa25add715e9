// What a result says of its subject beside each other contestant, computed: nobody words it.

/** Of the ratios within rounds, the middle half must be on one side of 1: less is spread. */
function side({ withinRounds }, better) {
  const { lowerQuartile, upperQuartile } = withinRounds
  if (lowerQuartile > 1) {
    return better === 'higher' ? 'better' : 'worse'
  }
  if (upperQuartile < 1) {
    return better === 'higher' ? 'worse' : 'better'
  }
  return 'even'
}

/** Parts of other metrics, or their causes: tables and charts have them, nobody is better by them. */
export const DETAILS = [
  'userMicrosPerRequest',
  'systemMicrosPerRequest',
  'latencyP90Micros',
  'latencyP9999Micros',
  'latencyMaxMicros',
  'switchesPerRequest',
  'preemptionsPerRequest',
]

/**
 * One entry for each comparison and metric that is not a detail: `side` is the subject's, better, worse or even. In the
 * order of the metrics, then of the contestants and points.
 */
export function verdicts({ comparisons, metrics, contestants, points }) {
  const title = (list, name) => list.find((each) => each.name === name)?.title ?? name
  return metrics.filter(({ name }) => !DETAILS.includes(name)).flatMap((metric) =>
    comparisons
      .filter(({ ratios }) => ratios[metric.name])
      .map(({ point, subject, against, ratios }) => ({
        metric: metric.name,
        metricTitle: metric.title,
        point,
        pointTitle: title(points, point),
        subject: title(contestants, subject),
        against: title(contestants, against),
        side: side(ratios[metric.name], metric.better),
        ratio: ratios[metric.name].ofMedians,
        low: ratios[metric.name].withinRounds.min,
        high: ratios[metric.name].withinRounds.max,
      })),
  )
}

/** How many there are of each side. */
export function count(list) {
  const of = (wanted) => list.filter(({ side }) => side === wanted).length
  return { better: of('better'), even: of('even'), worse: of('worse') }
}
