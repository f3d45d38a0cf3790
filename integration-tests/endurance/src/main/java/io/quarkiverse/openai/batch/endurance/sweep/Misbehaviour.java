package io.quarkiverse.openai.batch.endurance.sweep;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;
import io.quarkiverse.openai.batch.emulator.control.ListingFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

/** Something that gateways do which is not in the specification, or not any more what users expect. */
public enum Misbehaviour {
    /** A person who resumes may pay twice, and was told so. */
    LISTING_MISSING(false, true) {
        @Override
        void begin(Emulator emulator, Random random) {
            int[] statuses = { 400, 404, 405, 501 };
            emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(statuses[random.nextInt(4)]).always());
        }
    },
    LISTING_MISSING_FOR_A_WHILE {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.LIST_BATCHES).status(404).skip(random.nextInt(4)).times(3));
        }
    },
    LISTING_CIRCLES {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new ListingFault().circling().always().lasting(some(random)));
        }
    },
    LISTING_WITHOUT_END {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new ListingFault().endless().always().lasting(some(random)));
        }
    },
    LISTING_LAGS {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new ListingFault().lag(Duration.ofMinutes(5)).always());
        }
    },
    /** One that shows none of the batches that are known cannot be told from one that is right if none is known. */
    LISTING_LEAVES_OUT(false, true) {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new ListingFault().omit(0.4).always().lasting(some(random)));
        }
    },
    LISTING_SHOWS_OTHER_INPUT(false, true) {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new ListingFault().otherInput(0.4).always().lasting(some(random)));
        }
    },
    LISTING_BEGINS_WITH_THE_OLDEST {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new ListingFault().oldestFirst().always());
        }
    },
    GONE_FOR_A_MOMENT {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.RETRIEVE_BATCH).status(410).skip(random.nextInt(3)));
        }
    },
    GONE_RESULTS(true, false) {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).status(410).skip(random.nextInt(3)));
        }
    },
    UPLOAD_TOO_LARGE {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.limits(emulator.limits().withMaxUploadBytes(4_000 + random.nextInt(10_000)));
        }
    },
    UPLOAD_REDIRECTED {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.CREATE_FILE).status(307).header("Location", "/v1/other")
                    .times(1 + random.nextInt(3)));
        }
    },
    CONTENT_AT_SIGNED_URL {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).signedUrl().always());
        }
    },
    DELETE_REFUSED {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.DELETE_FILE).status(random.nextBoolean() ? 500 : 403).always());
        }
    },
    METADATA_FAILS {
        @Override
        void begin(Emulator emulator, Random random) {
            RequestFault fault = RequestFault.on(Operation.RETRIEVE_FILE).always();
            emulator.faults().add(switch (random.nextInt(3)) {
                case 0 -> fault.status(500);
                case 1 -> fault.status(200).body("{}");
                default -> fault.field("bytes", random.nextInt(100_000));
            });
        }
    },
    FAILS_HALF_WAY {
        @Override
        void begin(Emulator emulator, Random random) {
            BatchFault fault = new BatchFault().stopAfter(random.nextDouble(), Stop.FAIL).times(2);
            emulator.faults().add(random.nextBoolean() ? fault.omitUnexecuted() : fault);
        }
    },
    EXPIRES_WITHOUT_A_TRACE {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new BatchFault().stopAfter(0.3 + random.nextDouble() / 2, Stop.EXPIRE).omitUnexecuted()
                    .lines(LineFault.of(Kind.MISSING, 0.2)).times(2));
        }
    },
    COMPRESSES {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.onAny().gzip().probability(0.5).always());
        }
    },
    DOWNLOAD_WITHOUT_END {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).endless().skip(random.nextInt(3)));
        }
    },
    DOWNLOAD_IS_SLOW {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).bytesPerSecond(20_000).always());
        }
    },
    SHOWS_NO_TIME {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.onAny().withoutHeader("Date").always());
        }
    },
    CANCEL_REFUSED {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(RequestFault.on(Operation.CANCEL_BATCH).status(500).always());
        }
    },
    SPELLS_STATUS_OTHERWISE {
        @Override
        void begin(Emulator emulator, Random random) {
            emulator.faults().add(new BatchFault().statusText("completed", "complete").field("expires_at", 0).always());
        }
    };

    private final boolean losesAnswers;
    private final boolean hidesBatches;

    Misbehaviour() {
        this(false, false);
    }

    Misbehaviour(boolean losesAnswers, boolean hidesBatches) {
        this.losesAnswers = losesAnswers;
        this.hidesBatches = hidesBatches;
    }

    /** Those named, with commas between them. */
    public static List<Misbehaviour> parse(String text) {
        return Arrays.stream(text.split(",")).filter(name -> !name.isEmpty()).map(Misbehaviour::valueOf).toList();
    }

    abstract void begin(Emulator emulator, Random random);

    /** Whether paid answers cannot be read. */
    boolean losesAnswers() {
        return losesAnswers;
    }

    /** Whether a batch whose answer was lost may look as if it did not exist, so that another is created. */
    boolean hidesBatches() {
        return hidesBatches;
    }

    private static Duration some(Random random) {
        return Duration.ofMinutes(30 + random.nextInt(60));
    }
}
