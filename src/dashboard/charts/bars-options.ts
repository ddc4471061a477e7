import uPlot from 'uplot';
import { colour } from '../app/theme.js';
import { formatShortly } from '../ui/format.js';

/** One part of each bar. Its colour is a custom property of the style sheets: --charged. */
export type BarSeries = { title: string; colour: string };

/** One bar: its label on the axis, its name in full, and the value of each series. */
export type Bar = { label: string; fullLabel: string; values: readonly number[] };

const chartHeightPx = 280;

/** uPlot's options of stacked bars. `show` gets the bar under the pointer, null for none. */
export const barsOptions = (
  series: readonly BarSeries[],
  bars: readonly Bar[],
  widthPx: number,
  show: (index: number | null | undefined) => void,
): uPlot.Options => {
  const drawBars = uPlot.paths.bars?.({ size: [0.72, 44] });
  const axis = {
    stroke: colour('--quiet'),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    ticks: { show: false },
  };
  const highest = Math.max(...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0)), 1);
  return {
    width: widthPx,
    height: chartHeightPx,
    legend: { show: false },
    padding: [12, 18, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: { x: { time: false, range: [-0.6, bars.length - 0.4] }, y: { range: [0, highest * 1.08] } },
    axes: [
      {
        ...axis,
        size: 30,
        grid: { show: false },
        splits: (plot) => splitsOf(bars.length, plot.width),
        values: (_plot, splits) => splits.map((index) => bars[index]?.label ?? ''),
      },
      {
        ...axis,
        size: 44,
        grid: { stroke: colour('--line'), width: 1 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7],
        values: (_plot, splits) => splits.map(formatShortly),
      },
    ],
    series: [
      {},
      ...series.toReversed().map(
        (one): uPlot.Series => ({
          ...(drawBars === undefined ? {} : { paths: drawBars }),
          fill: colour(one.colour),
          width: 0,
          points: { show: false },
        }),
      ),
    ],
    hooks: { setCursor: [(plot) => show(plot.cursor.idx)] },
  };
};

/** Which bars bear a label: as many as there is room for, the last of them always. */
const splitsOf = (count: number, widthPx: number): number[] => {
  const step = Math.max(1, Math.ceil(count / Math.max(2, Math.floor(widthPx / 84))));
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (count - 1 - index) % step === 0,
  );
};
