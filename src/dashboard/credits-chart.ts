import { make } from './make-element.js';
import { formatNumber, formatShortly } from './format.js';
import { colour } from './theme.js';
import uPlot from './uplot.js';

/** One bar: what was charged, and on top of it what was saved. */
export type Bar = { label: string; fullLabel: string; charged: number; saved: number };

const heightPx = 280;

/**
 * Stacked bars of credits. The exact numbers of a bar show under the pointer, and with the arrow keys, which screen
 * readers hear. It is drawn once it has a width, and again when that changes.
 */
export const makeCreditsChart = (title: string, bars: readonly Bar[]): HTMLElement => {
  const tip = make('div', { class: 'tip', hidden: true });
  const spoken = make('p', { class: 'unseen', 'aria-live': 'polite' });
  const frame = make('div', { class: 'plot' }, tip);
  const element = make(
    'div',
    {
      class: 'chart',
      tabindex: '0',
      'data-key': 'chart',
      role: 'group',
      'aria-label': `${title}: use the arrow keys`,
    },
    makeLegend(),
    frame,
    spoken,
  );

  let plot: uPlot | null = null;
  let at = bars.length - 1;
  const show = (index: number | null | undefined): void => {
    const bar = typeof index === 'number' ? bars[index] : undefined;
    tip.hidden = bar === undefined || plot === null;
    if (bar === undefined || plot === null || typeof index !== 'number') return;
    tip.replaceChildren(...linesOf(bar));
    const x = plot.valToPos(index, 'x') + plot.over.offsetLeft;
    const half = tip.offsetWidth / 2;
    tip.style.left = `${Math.min(Math.max(x, half), frame.clientWidth - half)}px`;
  };
  const draw = (widthPx: number): void => {
    plot?.destroy();
    plot = new uPlot(optionsOf(bars, widthPx, show), dataOf(bars), frame);
  };
  const observer = new ResizeObserver(([entry]) => {
    const widthPx = Math.floor(entry?.contentRect.width ?? 0);
    if (widthPx === 0) return;
    if (plot === null) draw(widthPx);
    else if (plot.width !== widthPx) plot.setSize({ width: widthPx, height: heightPx });
  });
  observer.observe(frame);

  element.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    at = Math.min(Math.max(at + step, 0), bars.length - 1);
    show(at);
    const bar = bars[at];
    if (bar !== undefined)
      spoken.textContent = `${bar.fullLabel}: ${bar.charged} charged, ${bar.saved} saved`;
  });
  element.addEventListener('blur', () => show(null));
  return element;
};

const makeLegend = (): HTMLElement =>
  make(
    'ul',
    { class: 'legend' },
    make('li', { class: 'charged' }, 'Charged'),
    make('li', { class: 'saved' }, 'Saved'),
  );

const linesOf = ({ fullLabel, charged, saved }: Bar): HTMLElement[] => [
  make('strong', {}, fullLabel),
  make('span', { class: 'charged' }, `${formatNumber(charged)} charged`),
  make('span', { class: 'saved' }, `${formatNumber(saved)} saved`),
];

/** The bar behind is as high as both together; the one before it covers the part that was charged. */
const dataOf = (bars: readonly Bar[]): uPlot.AlignedData => [
  bars.map((_, index) => index),
  bars.map(({ charged, saved }) => charged + saved),
  bars.map(({ charged }) => charged),
];

const optionsOf = (
  bars: readonly Bar[],
  widthPx: number,
  show: (index: number | null | undefined) => void,
): uPlot.Options => {
  const drawBars = uPlot.paths.bars?.({ size: [0.72, 44] });
  const series = (name: string): uPlot.Series => ({
    ...(drawBars === undefined ? {} : { paths: drawBars }),
    fill: colour(name),
    width: 0,
    points: { show: false },
  });
  const axis = {
    stroke: colour('--quiet'),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    ticks: { show: false },
  };
  const highest = Math.max(...bars.map(({ charged, saved }) => charged + saved), 1);
  return {
    width: widthPx,
    height: heightPx,
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
    series: [{}, series('--saved'), series('--charged')],
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
