-- How the jobs go, and what two more of them need. New tables, indexes and rights only: a process of the version before
-- goes on.

-- CreateTable
CREATE TABLE "job_runs" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "succeeded_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "took_ms" INTEGER,
    "error" TEXT,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "failed_runs" INTEGER NOT NULL DEFAULT 0,
    "failed_in_a_row" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("name")
);

-- By hand from here on.

ALTER TABLE job_runs
  ADD CONSTRAINT job_runs_text_chk CHECK (length(name) BETWEEN 1 AND 60 AND length(error) <= 500),
  ADD CONSTRAINT job_runs_counts_chk CHECK (took_ms >= 0 AND runs >= 0 AND failed_runs BETWEEN 0 AND runs AND failed_in_a_row BETWEEN 0 AND failed_runs);
GRANT SELECT, INSERT, UPDATE, DELETE ON job_runs TO rs_service;

-- The clean-up looks for links that have expired.
CREATE INDEX shared_links_expires_at_idx ON shared_links (expires_at) WHERE expires_at IS NOT NULL;

-- The log of accesses is kept for a year at least (DPDP Rules 2025, rule 8(3)), also against the job that ends it.
GRANT DELETE ON admin_accesses TO rs_service;
CREATE POLICY kept_for_a_year ON admin_accesses AS RESTRICTIVE FOR DELETE TO rs_service
  USING (at < now() - interval '1 year');
