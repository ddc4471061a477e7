-- The sum of two histograms of the same length. Either may be empty.
create or replace function add_histograms(p_first int[], p_second int[]) returns int[]
language plpgsql immutable strict as $$
begin
  if p_first = '{}' then
    return p_second;
  end if;
  for v_bin in 1 .. cardinality(p_second) loop
    p_first[v_bin] := p_first[v_bin] + p_second[v_bin];
  end loop;
  return p_first;
end
$$;
