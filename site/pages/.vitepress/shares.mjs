// What variants of the subject add to its CPU per request, each by itself.

const METRIC = 'cpuMicrosPerRequest'

/**
 * One entry for each point and variant: the difference to the subject within each round, its median, least and most,
 * and the median as a share of the subject's own. None where there are no variants.
 */
export function shares({ experiment, contestants, points, samples }) {
  const variants = contestants.filter(({ kind, absent }) => kind === 'variant' && !absent)
  return points.flatMap((point) => {
    const own = byRound(samples, point.name, experiment.subject)
    return variants.flatMap((variant) => {
      const differences = [...byRound(samples, point.name, variant.name)]
        .filter(([round]) => own.has(round))
        .map(([round, value]) => value - own.get(round))
      return differences.length
        ? [
            {
              point: point.name,
              contestant: variant.name,
              median: median(differences),
              min: Math.min(...differences),
              max: Math.max(...differences),
              share: median(differences) / median([...own.values()]),
            },
          ]
        : []
    })
  })
}

function byRound(samples, point, contestant) {
  return new Map(
    samples
      .filter((sample) => sample.point === point && sample.contestant === contestant && METRIC in sample.figures)
      .map(({ round, figures }) => [round, figures[METRIC]]),
  )
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
