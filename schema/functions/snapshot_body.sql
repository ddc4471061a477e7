-- The body of a snapshot on its way through reserve_credits. Inside a row it stays compressed, as it is stored; as an
-- element of an array of texts it would be decompressed and copied at its full length.
create type snapshot_body as (body text);
