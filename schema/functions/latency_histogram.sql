-- How many calls fell into each bin of latency: a call of up to 2^n milliseconds into bin n, one of more than 2^16
-- milliseconds into the last.
create or replace function latency_histogram(p_bins int[]) returns int[] language plpgsql immutable strict as $$
declare
  v_counts int[] := array_fill(0, array[18]);
  v_bin int;
begin
  foreach v_bin in array p_bins loop
    v_counts[v_bin + 1] := v_counts[v_bin + 1] + 1;
  end loop;
  return v_counts;
end
$$;
