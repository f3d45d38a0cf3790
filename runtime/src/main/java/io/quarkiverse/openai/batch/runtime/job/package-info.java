/**
 * The job runner: takes submissions, and what people do with jobs.
 *
 * <p>
 * In: a {@code JobSpec}. Out: a {@code BatchJob}. Next: {@code engine} runs the tasks. A chunk's way from state to state, with
 * the package of the step that takes it there:
 *
 * <pre>
 *  spool        batch        engine     batch      batch            collect     handler       engine
 * SPOOLED > UPLOADING > UPLOADED > ADMITTED > CREATING > WATCHED > ENDED > COLLECTED > HANDED_OVER > DONE
 *                          ^                  |   |         |        |         ^            ^          |
 *                          | no batch or room |   v         v        v         |            |          v
 *                          +------------------+  OPEN      GONE   REFUSED      |            +---- RERUNNING
 *                          |                      |         |        |         |               lines move to
 *                          | resumed by a person  |         |        |         |               other chunks
 *                          +----------------------+---------|--------+         |
 *                                                           +------------------+
 *                                                            cancelled: its lines are missing
 * </pre>
 */
package io.quarkiverse.openai.batch.runtime.job;
