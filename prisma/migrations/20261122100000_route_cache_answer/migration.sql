-- A cached search is more than its routes: which of them are picked, what the traveller should know, whether it is
-- partial. Nullable, so that a process of the version before goes on writing rows without it.
ALTER TABLE "cached_routes" ADD COLUMN "answer" JSONB;

ALTER TABLE cached_routes
  ADD CONSTRAINT cached_routes_answer_chk CHECK (jsonb_typeof(answer) = 'object' AND pg_column_size(answer) <= 65536);
