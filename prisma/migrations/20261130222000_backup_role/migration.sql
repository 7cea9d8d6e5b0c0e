-- By hand: who reads everything for a dump. Row-level security is forced, so an owner who is no superuser (as on
-- managed servers) cannot dump its own tables. rs_backup reads all and writes nothing; every table lets it in by name.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rs_backup') THEN
    CREATE ROLE rs_backup NOLOGIN NOBYPASSRLS NOINHERIT;
  END IF;
END $$;

GRANT USAGE ON SCHEMA public, archive, part, hold TO rs_backup;

-- A new table is opened in the migration that makes it, after its row-level security is enabled:
-- SELECT open_to_backup('public.new_table'). A table that is not makes `backup create` refuse.
CREATE FUNCTION open_to_backup(opened regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO rs_backup', opened);
  IF (SELECT relrowsecurity FROM pg_class WHERE oid = opened) THEN
    EXECUTE format('CREATE POLICY backup ON %s FOR SELECT TO rs_backup USING (true)', opened);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION open_to_backup(regclass) FROM PUBLIC;

SELECT open_to_backup(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'archive', 'part', 'hold') AND c.relkind IN ('r', 'p');

-- As before, and each new month is opened too: a dump reads the parts, not the whole.
CREATE OR REPLACE FUNCTION ensure_month_partition(parent regclass, month date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  next date := (first + interval '1 month')::date;
  name text;
BEGIN
  IF parent NOT IN ('public.search_queries'::regclass, 'public.booking_clicks'::regclass) THEN
    RAISE EXCEPTION '% is not partitioned by month', parent USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT relname || '_' || to_char(first, 'YYYYMM') INTO name FROM pg_class WHERE oid = parent;
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'part'::regnamespace AND relname = name) THEN
    RETURN name;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('routestitch partition'), hashtext(name));
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'part'::regnamespace AND relname = name) THEN
    RETURN name;
  END IF;
  -- Made first and attached then: that blocks neither readers nor writers of the parent.
  EXECUTE format('CREATE TABLE part.%I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION part.%I FOR VALUES FROM (%L) TO (%L)', parent, name,
    to_char(first, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(next, 'YYYY-MM-DD') || ' 00:00:00+00');
  -- Rows are reached through the parent, whose policies apply; the child alone shows them to the backup only.
  EXECUTE format('ALTER TABLE part.%I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE part.%I FORCE ROW LEVEL SECURITY', name);
  PERFORM public.open_to_backup(format('part.%I', name)::regclass);
  RETURN name;
END $$;
