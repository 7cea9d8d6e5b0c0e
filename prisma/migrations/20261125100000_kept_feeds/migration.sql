-- Networks keep their feeds (so that they can be compiled again), have version numbers and, when old, no image.
-- Nullable and new columns and tables only: a process of the version before goes on.

-- AlterTable
ALTER TABLE "networks" ADD COLUMN     "roll_calendar" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER,
ALTER COLUMN "image" DROP NOT NULL;

-- CreateTable
CREATE TABLE "network_feeds" (
    "network_id" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "network_feeds_pkey" PRIMARY KEY ("network_id","position")
);

-- CreateTable
CREATE TABLE "feed_archives" (
    "hash" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_archives_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "feed_archive_parts" (
    "hash" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "feed_archive_parts_pkey" PRIMARY KEY ("hash","position")
);

-- CreateIndex
CREATE INDEX "network_feeds_hash_idx" ON "network_feeds"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "networks_version_key" ON "networks"("version");

-- AddForeignKey
ALTER TABLE "network_feeds" ADD CONSTRAINT "network_feeds_network_id_fkey" FOREIGN KEY ("network_id") REFERENCES "networks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network_feeds" ADD CONSTRAINT "network_feeds_hash_fkey" FOREIGN KEY ("hash") REFERENCES "feed_archives"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed_archive_parts" ADD CONSTRAINT "feed_archive_parts_hash_fkey" FOREIGN KEY ("hash") REFERENCES "feed_archives"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on.

UPDATE networks SET version = numbered.version
FROM (SELECT id, row_number() OVER (ORDER BY is_active, activated_at, id) AS version
      FROM networks WHERE activated_at IS NOT NULL) AS numbered
WHERE numbered.id = networks.id;

ALTER TABLE networks
  ADD CONSTRAINT networks_version_chk CHECK (version > 0),
  ADD CONSTRAINT networks_active_image_chk CHECK (NOT is_active OR image IS NOT NULL);

ALTER TABLE network_feeds ADD CONSTRAINT network_feeds_position_chk CHECK (position >= 0);

ALTER TABLE feed_archives
  ADD CONSTRAINT feed_archives_hash_chk CHECK (hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT feed_archives_size_chk CHECK (size > 0);

ALTER TABLE feed_archive_parts
  ADD CONSTRAINT feed_archive_parts_position_chk CHECK (position >= 0),
  ADD CONSTRAINT feed_archive_parts_bytes_chk CHECK (length(bytes) BETWEEN 1 AND 4194304),
  ALTER COLUMN bytes SET STORAGE EXTERNAL; -- compressed already

-- The feeds themselves are nobody's business but the operator's: rs_app reads compiled networks only.
GRANT SELECT ON network_feeds TO rs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON network_feeds, feed_archives, feed_archive_parts TO rs_service;
