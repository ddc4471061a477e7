import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Makes the gateway's own metrics, whose names all begin with `firmable_gateway_`. A name ends with its unit. */
export type Meters = {
  counter: <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => Counter<Label>;
  histogram: <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[],
  ) => Histogram<Label>;
  /** `collect` sets its values at each scrape, after all earlier ones were removed. */
  gauge: <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    collect: (gauge: Gauge<Label>) => void | Promise<void>,
  ) => void;
};

export const createMeters = (registry: Registry): Meters => {
  const registers = [registry];
  return {
    counter: (name, help, labelNames) => new Counter({ name: named(name), help, labelNames, registers }),
    histogram: (name, help, labelNames, buckets) =>
      new Histogram({ name: named(name), help, labelNames, buckets: [...buckets], registers }),
    gauge: (name, help, labelNames, collect) => {
      // The registry collects it.
      void new Gauge({
        name: named(name),
        help,
        labelNames,
        registers,
        async collect() {
          this.reset();
          await collect(this);
        },
      });
    },
  };
};

/**
 * Makes a function that reads once for all gauges of a scrape, which are collected in one turn of the event loop. Null where
 * that fails: then the gauges have no values.
 */
export const oncePerScrape = <Result>(read: () => Promise<Result>): (() => Promise<Result | null>) => {
  let reading: Promise<Result> | null = null;
  return async () => {
    reading ??= read().finally(() => {
      reading = null;
    });
    try {
      return await reading;
    } catch {
      return null;
    }
  };
};

const named = (name: string): string => `firmable_gateway_${name}`;
