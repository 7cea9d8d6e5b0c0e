-- Secret links to trips: a page that is shared, a calendar that is subscribed to. A new table only: a process of the
-- version before goes on.

-- CreateEnum
CREATE TYPE "LinkKind" AS ENUM ('PAGE', 'CALENDAR');

-- CreateTable
CREATE TABLE "shared_links" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "trip_id" TEXT,
    "kind" "LinkKind" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "show_name" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shared_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shared_links_token_hash_key" ON "shared_links"("token_hash");

-- CreateIndex
CREATE INDEX "shared_links_user_id_trip_id_idx" ON "shared_links"("user_id", "trip_id");

-- AddForeignKey
ALTER TABLE "shared_links" ADD CONSTRAINT "shared_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shared_links" ADD CONSTRAINT "shared_links_user_id_trip_id_fkey" FOREIGN KEY ("user_id", "trip_id") REFERENCES "trips"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on.

-- A page is of one trip; a calendar may be of all. Only a page says whose it is.
ALTER TABLE shared_links
  ADD CONSTRAINT shared_links_token_hashed_chk CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT shared_links_trip_chk CHECK (kind = 'CALENDAR' OR trip_id IS NOT NULL),
  ADD CONSTRAINT shared_links_name_chk CHECK (kind = 'PAGE' OR NOT show_name),
  ADD CONSTRAINT shared_links_expiry_chk CHECK (expires_at > created_at);

-- Nobody reads a hash back: links are found by it as rs_service, and changed by revoking them.
GRANT SELECT (id, user_id, trip_id, kind, show_name, expires_at, created_at), INSERT, DELETE ON shared_links TO rs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON shared_links TO rs_service;

ALTER TABLE shared_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE shared_links FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shared_links USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()));
CREATE POLICY service ON shared_links TO rs_service USING (true) WITH CHECK (true);
