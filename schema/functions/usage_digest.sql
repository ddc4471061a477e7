-- A checksum of sums of one quarter of an hour and one set of labels. It adds up: the digest of a sum is the sum of the
-- digests, so the entries of a month have the same digest as their part of usage_buckets, row by row and column by column,
-- whatever was written to the rest of those rows.
create or replace function usage_digest(
  p_starts_at timestamptz, p_account_id uuid, p_provider text, p_connection_id uuid, p_payer text, p_sandbox boolean,
  p_operation text, p_workflow text, p_token_id uuid, p_outcome outcome, p_sums bigint[], p_latencies int[]
) returns numeric language plpgsql stable parallel safe as $$
declare
  v_row numeric := ('x' || encode(substring(sha256(convert_to(json_build_array(
    extract(epoch from p_starts_at), p_account_id, p_provider, p_connection_id, p_payer, p_sandbox, p_operation, p_workflow,
    p_token_id, p_outcome)::text, 'UTF8')) for 7), 'hex'))::bit(56)::bigint;
  v_digest numeric := 0;
  v_value bigint;
begin
  for v_column in 1 .. cardinality(p_sums) + coalesce(cardinality(p_latencies), 0) loop
    v_value := case
      when v_column <= cardinality(p_sums) then p_sums[v_column] else p_latencies[v_column - cardinality(p_sums)]
    end;
    if v_value <> 0 then
      v_digest := v_digest + v_value * v_row * ('x' || left(md5(v_column::text), 13))::bit(52)::bigint;
    end if;
  end loop;
  return v_digest;
end
$$;
