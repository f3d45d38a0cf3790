-- Requests that were added to collectors one by one: in no job at first, then in the job that has claimed them; without their
-- lines once these were read; and gone with the job.
CREATE TABLE IF NOT EXISTS openai_batch_collected (
    id bigint GENERATED ALWAYS AS IDENTITY,
    namespace text NOT NULL,
    collector text NOT NULL,
    client text NOT NULL,
    endpoint text NOT NULL,
    custom_id text NOT NULL,
    digest text NOT NULL,
    added_at timestamptz NOT NULL,
    bytes integer NOT NULL,
    line bytea,
    job text,
    PRIMARY KEY (namespace, collector, client, endpoint, custom_id)
);
CREATE INDEX IF NOT EXISTS openai_batch_collected_waiting ON openai_batch_collected (namespace, collector, client, endpoint, id)
    WHERE job IS NULL;
CREATE INDEX IF NOT EXISTS openai_batch_collected_job ON openai_batch_collected (namespace, job, id) WHERE job IS NOT NULL;
CREATE INDEX IF NOT EXISTS openai_batch_collected_unread ON openai_batch_collected (namespace, collector, client, endpoint, job)
    WHERE line IS NOT NULL;
