import { describe, expect, it } from 'vitest';
import { meanItems, parseBatches } from './read-batches.js';

const metrics = `# HELP firmable_gateway_batch_items Items that share one database statement, by kind of item.
firmable_gateway_batch_items_bucket{le="1",batch="reservation"} 3
firmable_gateway_batch_items_sum{batch="reservation"} 1200
firmable_gateway_batch_items_count{batch="reservation"} 40
firmable_gateway_batch_items_sum{batch="settlement"} 900
firmable_gateway_batch_items_count{batch="settlement"} 30
firmable_gateway_batch_items_sum{batch="lookup count"} 7
firmable_gateway_batch_items_count{batch="lookup count"} 7
`;

describe('the batches in the metrics of a process', () => {
  it('are counted by what their items are', () => {
    expect(parseBatches(metrics)).toEqual({
      reservation: { items: 1_200, batches: 40 },
      settlement: { items: 900, batches: 30 },
    });
  });

  it('are none before the first', () => {
    const none = { items: 0, batches: 0 };
    expect(parseBatches('')).toEqual({ reservation: none, settlement: none });
  });

  it('have a mean size between two readings', () => {
    expect(meanItems({ items: 100, batches: 50 }, { items: 1_100, batches: 60 })).toBe(100);
    expect(meanItems({ items: 100, batches: 50 }, { items: 100, batches: 50 })).toBeNaN();
  });
});
