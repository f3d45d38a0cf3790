-- Processes that run jobs. What a process decides counts only while its row is here, and the server is the one that was started
-- at that time: another one may have lost what was committed last.
CREATE TABLE IF NOT EXISTS openai_batch_processes (
    id text PRIMARY KEY,
    namespace text NOT NULL,
    seen timestamptz NOT NULL,
    server timestamptz NOT NULL DEFAULT pg_postmaster_start_time()
);

-- Which processes can read the source of which jobs.
CREATE TABLE IF NOT EXISTS openai_batch_sources (
    process text NOT NULL REFERENCES openai_batch_processes (id) ON DELETE CASCADE,
    pattern text NOT NULL,
    PRIMARY KEY (process, pattern)
);

-- A row that is null is what is left of a deleted job, so that all processes learn of that. "written" is the transaction that
-- wrote a row last, by which processes find what has changed.
CREATE TABLE IF NOT EXISTS openai_batch_jobs (
    namespace text NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    ended_at timestamptz,
    announced boolean NOT NULL DEFAULT false,
    written bigint NOT NULL,
    "row" jsonb,
    PRIMARY KEY (namespace, name)
);
CREATE INDEX IF NOT EXISTS openai_batch_jobs_written ON openai_batch_jobs (namespace, written);
CREATE INDEX IF NOT EXISTS openai_batch_jobs_unended ON openai_batch_jobs (namespace) WHERE ended_at IS NULL OR NOT announced;
CREATE INDEX IF NOT EXISTS openai_batch_jobs_ended ON openai_batch_jobs (namespace, ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS openai_batch_chunks (
    namespace text NOT NULL,
    job text NOT NULL,
    number integer NOT NULL,
    version bigint NOT NULL,
    state text NOT NULL,
    written bigint NOT NULL,
    "row" jsonb NOT NULL,
    PRIMARY KEY (namespace, job, number)
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS openai_batch_chunks_written ON openai_batch_chunks (namespace, written);

-- What was learned of accounts, and what looks have found out for clients.
CREATE TABLE IF NOT EXISTS openai_batch_learned (
    namespace text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    written bigint NOT NULL,
    "row" jsonb NOT NULL,
    PRIMARY KEY (namespace, kind, name)
) WITH (fillfactor = 50);
CREATE INDEX IF NOT EXISTS openai_batch_learned_written ON openai_batch_learned (namespace, written);

-- Files of chunks in compressed pieces. Files that no row names are deleted after a day.
CREATE TABLE IF NOT EXISTS openai_batch_files (
    id text PRIMARY KEY,
    namespace text NOT NULL,
    job text NOT NULL,
    created_at timestamptz NOT NULL,
    named boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS openai_batch_files_job ON openai_batch_files (namespace, job);
CREATE INDEX IF NOT EXISTS openai_batch_files_unnamed ON openai_batch_files (namespace, created_at) WHERE NOT named;

CREATE TABLE IF NOT EXISTS openai_batch_pieces (
    file text NOT NULL REFERENCES openai_batch_files (id) ON DELETE CASCADE,
    number integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (file, number)
);
ALTER TABLE openai_batch_pieces ALTER COLUMN content SET STORAGE EXTERNAL;

-- Tasks of the engine, and those that call the application; the columns are those of db-scheduler.
CREATE TABLE IF NOT EXISTS openai_batch_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 50);
CREATE INDEX IF NOT EXISTS openai_batch_tasks_due ON openai_batch_tasks (execution_time);
CREATE INDEX IF NOT EXISTS openai_batch_tasks_heartbeat ON openai_batch_tasks (last_heartbeat);
CREATE INDEX IF NOT EXISTS openai_batch_tasks_picked ON openai_batch_tasks (picked_by) WHERE picked;

CREATE TABLE IF NOT EXISTS openai_batch_calls (LIKE openai_batch_tasks INCLUDING ALL) WITH (fillfactor = 50);

-- Tasks that are wanted again while they run, or whose transaction was not known to have committed.
CREATE TABLE IF NOT EXISTS openai_batch_wakes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    namespace text NOT NULL,
    queue text NOT NULL,
    task_instance text NOT NULL,
    due timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS openai_batch_wakes_task ON openai_batch_wakes (namespace, queue, task_instance);
