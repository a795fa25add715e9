// Draws a chart of Observable Plot into an element, anew when its width or what it shows changes.

import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

/**
 * @param draw from the library and a width in pixels to an SVG element
 * @param sources what the drawing depends on, as for Vue's watch
 */
export function usePlot(draw, sources) {
  const element = ref(null)
  let library
  let observer
  let drawnWidth = 0

  function redraw() {
    const width = Math.floor(element.value?.clientWidth ?? 0)
    if (library && width > 0) {
      drawnWidth = width
      element.value.replaceChildren(draw(library, width))
    }
  }

  onMounted(async () => {
    // Not on the server, and not on pages without a chart.
    library = await import('@observablehq/plot')
    redraw()
    observer = new ResizeObserver(() => {
      if (Math.floor(element.value?.clientWidth ?? 0) !== drawnWidth) {
        redraw()
      }
    })
    if (element.value) {
      observer.observe(element.value)
    }
  })
  onBeforeUnmount(() => observer?.disconnect())
  watch(sources, redraw)
  return element
}

/** What every chart has in common. */
export function frame(width, marginLeft = 56) {
  return {
    width,
    marginLeft,
    marginRight: 16,
    style: { background: 'none', color: 'var(--vp-c-text-2)', fontSize: '12px', overflow: 'visible' },
  }
}

/** The colour of lines behind a chart. */
export const GRID = 'var(--vp-c-divider)'

/** Ticks of a logarithmic axis over the values, not more than there is room for. */
export function decades(values, most) {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const ticks = (steps) =>
    Array.from({ length: Math.ceil(Math.log10(high / low)) + 2 }, (_, i) => Math.floor(Math.log10(low)) + i)
      .flatMap((power) => steps.map((step) => step * 10 ** power))
      .filter((value) => value >= low && value <= high)
  return [[1, 2, 5], [1, 3], [1]].map(ticks).find(({ length }) => length > 0 && length <= most) ?? ticks([1])
}
