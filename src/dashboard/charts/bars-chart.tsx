import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { watchTheme } from '../app/theme.js';
import { formatNumber } from '../ui/format.js';
import { type Bar, type BarSeries, barsOptions } from './bars-options.js';

export type BarsChartProps = {
  title: string;
  series: readonly BarSeries[];
  bars: readonly Bar[];
  /** Runs when a bar is clicked, or chosen with Enter, with its position. */
  onSelect?: (index: number) => void;
};

/**
 * Stacked bars. The exact numbers of a bar show under the pointer, and with the arrow keys, which screen readers hear. It
 * is drawn once it has a width, and again when the width, the colours or the data change.
 */
export const BarsChart = ({ title, series, bars, onSelect }: BarsChartProps): JSX.Element => {
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const [spoken, setSpoken] = useState('');
  const [position, setPosition] = useState(0);
  const plot = useRef<uPlot | null>(null);
  const content = JSON.stringify([series, bars]);

  // Keys may come faster than the chart is drawn, so the next one needs what the last one chose.
  const chosen = useRef<number | null>(null);
  const show = (index: number | null | undefined): void => {
    chosen.current = index ?? null;
    setAt(chosen.current);
  };
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const draw = (): void => {
      const width = Math.floor(element.clientWidth);
      if (width === 0) return;
      plot.current?.destroy();
      plot.current = new uPlot(barsOptions(series, bars, width, show), stackedData(series, bars), element);
    };
    const observer = new ResizeObserver(() => {
      if (plot.current?.width !== Math.floor(element.clientWidth)) draw();
    });
    observer.observe(element);
    draw();
    const unwatch = watchTheme(draw);
    return () => {
      observer.disconnect();
      unwatch();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [content]);

  const move = (step: number): void => {
    const next = Math.min(Math.max((chosen.current ?? bars.length) + step, 0), bars.length - 1);
    show(next);
    const bar = bars[next];
    if (bar === undefined) return;
    const values = series.map((one, index) => `${one.title}: ${formatNumber(bar.values[index] ?? 0)}`);
    setSpoken(`${bar.fullLabel}: ${values.join(', ')}`);
  };

  const bar = at === null ? undefined : bars[at];
  useEffect(() => {
    const drawn = plot.current;
    if (at === null || drawn === null) return;
    setPosition(drawn.valToPos(at, 'x') + drawn.over.offsetLeft);
  }, [at]);
  return (
    <div
      class={onSelect === undefined ? 'chart' : 'chart selectable'}
      tabIndex={0}
      role="group"
      aria-label={`${title}: use the arrow keys${onSelect === undefined ? '' : ', and Enter for the entries'}`}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step !== undefined) {
          event.preventDefault();
          move(step);
        } else if (event.key === 'Enter' && chosen.current !== null) onSelect?.(chosen.current);
      }}
      onBlur={() => show(null)}
    >
      <Legend series={series} />
      <div
        ref={frame}
        class="plot"
        onClick={() => {
          if (at !== null) onSelect?.(at);
        }}
        onMouseLeave={() => show(null)}
      >
        {bar === undefined ? null : (
          <Tip series={series} bar={bar} position={position} frame={frame.current} />
        )}
      </div>
      <p class="unseen" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
};

/** A square in the colour of a series. The content security policy allows no style attribute, so it is set by the DOM. */
const Swatch = ({ colour }: { colour: string }): JSX.Element => (
  <i
    class="swatch"
    aria-hidden="true"
    ref={(element) => element?.style.setProperty('background', `var(${colour})`)}
  />
);

const Legend = ({ series }: { series: readonly BarSeries[] }): JSX.Element => (
  <ul class="legend">
    {series.map((one) => (
      <li key={one.title}>
        <Swatch colour={one.colour} />
        {one.title}
      </li>
    ))}
  </ul>
);

const Tip = ({
  series,
  bar,
  position,
  frame,
}: {
  series: readonly BarSeries[];
  bar: Bar;
  position: number;
  frame: HTMLElement | null;
}): JSX.Element => {
  const tip = useRef<HTMLDivElement>(null);
  // Before it is painted, and never wider than the frame, so that it is never off the screen.
  useLayoutEffect(() => {
    if (tip.current === null || frame === null) return;
    const half = tip.current.offsetWidth / 2;
    tip.current.style.left = `${Math.min(Math.max(position, half), frame.clientWidth - half)}px`;
  });
  return (
    <div class="tip" ref={tip}>
      <strong>{bar.fullLabel}</strong>
      {series.map((one, index) => (
        <span key={one.title} class="tip-series">
          <Swatch colour={one.colour} />
          <span class="name">{one.title}</span>
          <span>: {formatNumber(bar.values[index] ?? 0)}</span>
        </span>
      ))}
    </div>
  );
};

/** The highest sums first: each series covers the part of the one behind it that lies below its own. */
const stackedData = (series: readonly BarSeries[], bars: readonly Bar[]): uPlot.AlignedData => {
  const stacks = series.map((_, index) => bars.map((bar) => sumUpTo(bar, index))).toReversed();
  return [bars.map((_, index) => index), ...stacks];
};

const sumUpTo = ({ values }: Bar, last: number): number =>
  values.slice(0, last + 1).reduce((sum, value) => sum + value, 0);
