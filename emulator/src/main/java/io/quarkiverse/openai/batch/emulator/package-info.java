/**
 * A Batch API server for development and tests. It shares no code with the client, so that each checks the other.
 *
 * <pre>{@code
 * try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(1_000).build())) {
 *     emulator.baseUrl();                                           // for the client under test; any key will do
 *     emulator.faults().add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect());
 *     emulator.faults().add(new BatchFault().lines(LineFault.failing(0.1, 500, null)).shuffled().always());
 *     ...
 *     assertThat(emulator.ledger().summary().paidMoreThanOnce()).isZero();
 * }
 * }</pre>
 *
 * <h2>The API</h2>
 *
 * Below {@code /v1}: the operations of {@link io.quarkiverse.openai.batch.emulator.control.Operation}, as OpenAI
 * documents them, over HTTP/1.1. Input files are validated with the published error codes; batches move through
 * all states at the configured speed; lines are answered from their content:
 * <ul>
 * <li>{@code /v1/chat/completions}, {@code /v1/responses}: the text of the last user message, or an instance of
 * the JSON schema that the request gives; {@code /v1/completions}: the prompt</li>
 * <li>{@code /v1/embeddings}: unit vectors derived from the inputs' hashes</li>
 * <li>{@code /v1/moderations}: nothing flagged; {@code /v1/images/…}: a plausible result</li>
 * </ul>
 * {@code /v1/models} are some of OpenAI's with the {@code shutdown_date} that it has published, and
 * {@code emulator-ends-soon}, {@code emulator-ends-later} and {@code emulator-ended}, which end a day and a year after the
 * start and have ended 30 days before it. They are what can be asked for; a line may name any model.
 * <p>
 * Usage counts one token for every four characters begun, summed over the texts. With an upstream, its server
 * answers instead. A request that its endpoint would refuse is a line of the error file.
 * <p>
 * The state of a batch is a function of the {@linkplain io.quarkiverse.openai.batch.emulator.control.EmulatorClock clock},
 * worked out when somebody looks. With a clock that stands still, {@code advance} alone moves batches, so a test
 * is deterministic, and a day takes no time. Every timestamp, expiry and {@code Date} header follows that clock.
 *
 * <h2>Webhooks</h2>
 *
 * With {@link io.quarkiverse.openai.batch.emulator.EmulatorOptions.Builder#webhook}, each batch that ends is told to a URL as
 * an event {@code batch.completed}, {@code batch.failed}, {@code batch.expired} or {@code batch.cancelled}, signed as Standard
 * Webhooks says. The emulator then looks at its batches itself. What is not answered with 2xx within 15 s comes again after 5
 * s, 10 s and so on up to 12 h, at most 20 times in 72 h, all by the emulator's clock and divided by its speed; a 410 ends all
 * webhooks until a reset. At most 10,000 webhooks wait; one more is not sent, with a warning in the log.
 *
 * <h2>The control interface</h2>
 *
 * {@link io.quarkiverse.openai.batch.emulator.Emulator}'s methods, and the same over HTTP below {@code /control},
 * with the token of {@link io.quarkiverse.openai.batch.emulator.Emulator#controlToken()} in the header
 * {@code X-Control-Token}; not beyond loopback. Bodies and answers are JSON. Durations are ISO-8601
 * ({@code "PT1.5S"}) or a number of seconds. An unknown field, or a value that makes no sense, is a 400 in
 * OpenAI's error shape; a missing token is a 403.
 * <table border="1">
 * <caption>Calls</caption>
 * <tr>
 * <th>call</th>
 * <th>does</th>
 * <th>in-process</th>
 * </tr>
 * <tr>
 * <td>{@code POST /control/faults}</td>
 * <td>adds a misbehaviour towards requests, answers its {@code id}</td>
 * <td>{@code faults().add(RequestFault)}</td>
 * </tr>
 * <tr>
 * <td>{@code POST /control/batch-faults}</td>
 * <td>adds a misbehaviour of batches created from now on, answers its {@code id}</td>
 * <td>{@code faults().add(BatchFault)}</td>
 * </tr>
 * <tr>
 * <td>{@code POST /control/listing-faults}</td>
 * <td>adds a misbehaviour of listings, answers its {@code id}</td>
 * <td>{@code faults().add(ListingFault)}</td>
 * </tr>
 * <tr>
 * <td>{@code POST /control/webhook-faults}</td>
 * <td>adds a misbehaviour of webhooks of batches that end from now on, answers its {@code id}</td>
 * <td>{@code faults().add(WebhookFault)}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/faults}</td>
 * <td>{@code requestFaults}, {@code batchFaults}, {@code listingFaults} and {@code webhookFaults}: {@code id},
 * {@code fault}, {@code seen}, {@code happened}</td>
 * <td>{@code faults().requestFaults()}, {@code batchFaults()}, {@code listingFaults()}, {@code webhookFaults()}</td>
 * </tr>
 * <tr>
 * <td>{@code DELETE /control/faults[/{id}]}</td>
 * <td>takes one or all faults of all kinds back; batches keep what they were created with</td>
 * <td>{@code faults().remove(id)}, {@code clear()}</td>
 * </tr>
 * <tr>
 * <td>{@code POST /control/foreign-batches}</td>
 * <td>creates batches of somebody else: {@code count}, ages {@code youngest} and {@code oldest},
 * {@code statuses}</td>
 * <td>{@code addForeignBatches}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/ledger}</td>
 * <td>{@code summary} ({@code lines}, {@code paid}, {@code undelivered}, {@code unpaid}, {@code paidMoreThanOnce})
 * and the first hundred lines {@code paidMoreThanOnce}</td>
 * <td>{@code ledger()}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/ledger?customId=…}</td>
 * <td>{@code data}: the lines of that custom_id: {@code bodyHash}, {@code paid}, {@code undelivered},
 * {@code unpaid}, {@code batches}</td>
 * <td>{@code ledger().lines(customId)}</td>
 * </tr>
 * <tr>
 * <td>{@code DELETE /control/ledger}</td>
 * <td>empties it</td>
 * <td>{@code ledger().clear()}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/requests[?operation=…&limit=100]}</td>
 * <td>{@code counts} by operation, and the last requests as {@code data}: {@code time}, {@code method},
 * {@code path}, {@code query}, {@code operation}, {@code headers}, {@code status}; no bodies, secrets masked;
 * 10,000 are kept</td>
 * <td>{@code requests()}</td>
 * </tr>
 * <tr>
 * <td>{@code DELETE /control/requests}</td>
 * <td>forgets requests and counts</td>
 * <td>{@code requests().clear()}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/batches}</td>
 * <td>{@code data}: the true state of all batches, newest first, with {@code foreign}</td>
 * <td>{@code batches()}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/files}</td>
 * <td>{@code data}: all files, newest first</td>
 * <td>{@code files()}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/webhooks}</td>
 * <td>{@code data}: the last 10,000 attempts to send a webhook, oldest first: {@code time}, {@code id}, {@code type},
 * {@code batchId}, {@code status}</td>
 * <td>{@code webhooks()}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/limits}, {@code PATCH /control/limits}</td>
 * <td>shows, or changes some of, the {@link io.quarkiverse.openai.batch.emulator.control.Limits}</td>
 * <td>{@code limits()}, {@code limits(Limits)}</td>
 * </tr>
 * <tr>
 * <td>{@code GET /control/clock}, {@code POST /control/clock}</td>
 * <td>{@code now}; {@code {"advance":"PT24H"}} moves time forward, whichever clock there is</td>
 * <td>{@code clock()}</td>
 * </tr>
 * <tr>
 * <td>{@code POST /control/reset}</td>
 * <td>forgets files, batches, faults, ledger, requests and webhooks; limits and time stay</td>
 * <td>{@code reset()}</td>
 * </tr>
 * </table>
 *
 * <h2>Misbehaviour</h2>
 *
 * Every fault says when it happens:
 * <ul>
 * <li>{@code skip} (0): occasions that pass before the first</li>
 * <li>{@code times} (1): how often; 0 is without end</li>
 * <li>{@code probability} (1): of each occasion, by the emulator's seed</li>
 * <li>{@code lasting}: time by the emulator's clock after which it is over</li>
 * </ul>
 *
 * Fields of a {@linkplain io.quarkiverse.openai.batch.emulator.control.RequestFault request fault}:
 * <ul>
 * <li>{@code operation}, {@code id}: only that operation, only that file or batch</li>
 * <li>{@code status}, {@code body}: answered in place of the ordinary answer; {@code headers}: added to whatever
 * is answered, or left out of it with the value null; {@code notFound}: answers as if the file or batch did not
 * exist</li>
 * <li>{@code signedUrl}: redirects a download to a URL on another port, which is refused with a key</li>
 * <li>{@code fields}: values that replace fields of the object that is answered</li>
 * <li>{@code connection}: {@code "reset"} or {@code "close"} in place of an answer; {@code readBody} false: before
 * the body is read</li>
 * <li>{@code effect}: {@code "none"} (the default with those above), {@code "now"} (the default else), or
 * {@code "later"}, that is after {@code effectDelay} by the {@code effectClock}, {@code "emulator"} (default) or
 * {@code "system"}</li>
 * <li>{@code delay}: real time before the effect; {@code answerDelay}: real time between effect and answer</li>
 * <li>{@code cut}: share of the body after which the connection closes; {@code shorten}: share of the body that is
 * sent as if it were all; {@code stall}: share after which nothing comes, for {@code stallFor} or ever;
 * {@code bytesPerSecond}; {@code endless}: the body comes again and again</li>
 * <li>{@code gzip}: compresses the body, whether the client accepts that or not</li>
 * <li>{@code echoKey}: an error 401 (default) or 403 that repeats the key of the request, in its message, its code,
 * {@code x-request-id} and {@code x-authorization}</li>
 * </ul>
 * Faults that change different things happen to a request at once; of those that change the same (the answer, its
 * time, headers, fields, the way in which it is sent, or the encoding) the first.
 * <p>
 * Fields of a {@linkplain io.quarkiverse.openai.batch.emulator.control.ListingFault listing fault}; all whose time has
 * come happen at once:
 * <ul>
 * <li>{@code operation}: {@code "listBatches"} (default) or {@code "listFiles"}</li>
 * <li>{@code oldestFirst}; {@code circling}: every page is the first, and says that there are more; {@code endless}:
 * after the last there is always another, made up</li>
 * <li>{@code lag}: time after creation in which nothing is listed; {@code omit}: share that is left out;
 * {@code otherInput}: share of the batches that show another {@code input_file_id}</li>
 * </ul>
 * A missing listing is a request fault with the status 400, 404, 405 or 501; too large an upload is
 * {@code maxUploadBytes} of the limits.
 * <p>
 *
 * Fields of a {@linkplain io.quarkiverse.openai.batch.emulator.control.BatchFault batch fault}:
 * <ul>
 * <li>{@code listingLag}, {@code retrievalLag}: time after creation in which the batch is not listed, or not found
 * by its id</li>
 * <li>{@code failure}: {@code code}, {@code message}, {@code param}, {@code line} with which validation fails</li>
 * <li>{@code stopAfter}: share of the lines that are executed, and then {@code stop}: {@code "expire"} at once,
 * {@code "stall"} until {@code expires_at}, {@code "hang"} for ever, or {@code "fail"}: it is failed for the reason
 * that {@code failure} gives, or none, with files and counts</li>
 * <li>{@code earlyFileIds}: file ids from {@code in_progress} on; {@code fileIdsLag}: only a time after the end;
 * {@code blankFileIds}: empty strings instead of null; {@code emptyFiles}: files of no bytes instead of none</li>
 * <li>{@code shuffled}: output in another order; {@code omitUnexecuted}: lines of an expired or cancelled batch
 * that were not executed are in no file</li>
 * <li>{@code counts}: {@code "all_completed"}, {@code "all_failed"}, {@code "zero"} or {@code "null"} instead of
 * the truth</li>
 * <li>{@code statusTexts}: other texts by status; {@code upperCaseStatus}; {@code fields}: other values by field</li>
 * <li>{@code refuseRepeatedCancel}: cancelling a batch that is being cancelled is a 400</li>
 * <li>{@code lines}: {@linkplain io.quarkiverse.openai.batch.emulator.control.LineFault line faults}, each with a
 * {@code kind} ({@code failing} with {@code status} and {@code code}, {@code void}, {@code missing},
 * {@code doubled}, {@code contradicted}, {@code foreign}, {@code malformed}, {@code invalid} with {@code times}) and either a
 * {@code share} or
 * {@code customIds}</li>
 * </ul>
 *
 * Fields of a {@linkplain io.quarkiverse.openai.batch.emulator.control.WebhookFault webhook fault}; the first whose time has
 * come happens to a webhook:
 * <ul>
 * <li>{@code type}: only events of that type</li>
 * <li>{@code delay}: how late it is sent, by the emulator's clock; {@code doubled}: twice, with the same
 * {@code webhook-id}; {@code lost}: never; {@code forged}: once, with a signature by another secret</li>
 * </ul>
 *
 * Token limits, also below one batch, are not faults but {@link io.quarkiverse.openai.batch.emulator.control.Limits}.
 */
package io.quarkiverse.openai.batch.emulator;
