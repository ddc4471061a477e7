-- Trigger function of append-only tables: refuses UPDATE, DELETE and TRUNCATE.
create or replace function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception 'the table % is append-only: correct an entry by a new one that refers to it', tg_table_name
    using errcode = 'restrict_violation';
end
$$;
